package kindling.model.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
import kindling.model.tensor.RowKernels;

/** An optimiser's rules and moments, and the steps they have made: clips, moves all parameters, clears the gradients. */
final class Updates implements AutoCloseable {

    /** Keeps the clipping factor finite, as PyTorch's clip_grad_norm_ does. */
    private static final double CLIP_EPSILON = 1e-6;

    private static final int PIECE = AdamWRule.PIECE;

    private final double clip;
    private final Parameters parameters;
    private final RowKernels kernels;
    private final Arena arena = new Arena();
    private final List<Rule> rules;
    private final float[] g = new float[PIECE];
    private long step;

    /**
     * @param scratch for what is needed within a step only
     */
    Updates(Optimiser optimiser, TransformerConfig config, Parameters parameters, Arena scratch, RowKernels kernels) {
        this.clip = optimiser.clip();
        this.parameters = parameters;
        this.kernels = kernels;
        List<Layout.Parameter> all = parameters.layout().parameters();
        if (optimiser instanceof Muon muon) {
            Map<Boolean, List<Layout.Parameter>> parts =
                    all.stream().collect(Collectors.partitioningBy(MuonRule::fits));
            this.rules = List.of(
                    new MuonRule(muon, config, parameters, parts.get(true), arena, scratch, kernels),
                    new AdamWRule(muon.others(), muon.shareOfRate(), parameters, parts.get(false), arena, kernels));
        } else {
            this.rules = List.of(new AdamWRule((AdamW) optimiser, 1, parameters, all, arena, kernels));
        }
    }

    void allocate() {
        arena.allocate();
    }

    /** Bytes of all moments. */
    long bytes() {
        return arena.bytes();
    }

    /** Updates made so far. */
    long step() {
        return step;
    }

    /** Moves the parameters by gradients of that norm, and leaves the gradients 0. */
    void apply(double learningRate, double norm) {
        step++;
        float factor = (float) Math.min(1, clip / (norm + CLIP_EPSILON));
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).update(learningRate, factor, step);
        }
    }

    /** The root of the sum of squares of all gradients. */
    double gradientNorm() {
        double squares = 0;
        long size = parameters.layout().size();
        for (long at = 0; at < size; at += PIECE) {
            int n = (int) Math.min(PIECE, size - at);
            parameters.gradients().get(0, (int) at, g, 0, n);
            squares += kernels.dot(g, 0, g, 0, n);
        }
        return Math.sqrt(squares);
    }

    /** Copies of all moments, by name. */
    Map<String, float[]> moments() {
        Map<String, float[]> copies = new TreeMap<>();
        rules.forEach(rule -> rule.moments().forEach(moment -> copies.put(moment.name(), moment.copy())));
        return copies;
    }

    /** Moments before the first step, by name; needs no memory outside the heap. */
    Map<String, float[]> zeros() {
        Map<String, float[]> zeros = new TreeMap<>();
        rules.forEach(rule -> rule.moments().forEach(moment -> zeros.put(moment.name(), new float[moment.size()])));
        return zeros;
    }

    /**
     * Goes on from these moments.
     *
     * @throws IllegalArgumentException naming every array that is missing or of another length; nothing is set then
     */
    void set(long newStep, Map<String, float[]> moments) {
        List<String> mistakes = new ArrayList<>();
        rules.forEach(rule -> rule.moments()
                .forEach(moment -> moment.mistake(moments.get(moment.name())).ifPresent(mistakes::add)));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(
                    "this is the state of another model or optimiser: " + String.join("; ", mistakes));
        }
        step = newStep;
        rules.forEach(rule -> rule.moments().forEach(moment -> moment.set(moments.get(moment.name()))));
    }

    @Override
    public void close() {
        arena.close();
    }
}
