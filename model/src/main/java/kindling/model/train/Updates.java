package kindling.model.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/** An optimiser's rules and moments, and the steps they have made: clips, moves all parameters, clears the gradients. */
final class Updates implements AutoCloseable {

    /** Keeps the clipping factor finite, as PyTorch's clip_grad_norm_ does. */
    private static final double CLIP_EPSILON = 1e-6;

    private final double clip;
    private final Arena arena = new Arena();
    private final List<Rule> rules;
    private long step;

    /**
     * @param segments what is moved of the values
     * @param scratch for what is needed within a step only
     */
    Updates(
            Optimiser optimiser,
            List<Segment> segments,
            Matrix values,
            Matrix gradients,
            Arena scratch,
            RowKernels kernels) {
        this.clip = optimiser.clip();
        if (optimiser instanceof Muon muon) {
            Map<Boolean, List<Segment>> shares =
                    segments.stream().collect(Collectors.partitioningBy(segment -> segment.isWholeUnder(muon)));
            this.rules = List.of(
                    new MuonRule(muon, values, gradients, shares.get(true), arena, scratch, kernels),
                    new AdamWRule(
                            muon.others(), muon.shareOfRate(), values, gradients, shares.get(false), arena, kernels));
        } else {
            this.rules = List.of(new AdamWRule((AdamW) optimiser, 1, values, gradients, segments, arena, kernels));
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

    /** Copies of all moments, by name. */
    Map<String, float[]> moments() {
        Map<String, float[]> copies = new TreeMap<>();
        rules.forEach(rule -> rule.moments().forEach(moment -> copies.put(moment.name(), moment.copy())));
        return copies;
    }

    /** How many values each moment has, by name; needs no memory. */
    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new TreeMap<>();
        rules.forEach(rule -> rule.moments().forEach(moment -> sizes.put(moment.name(), moment.size())));
        return sizes;
    }

    /** Moments before the first step, by name; needs no memory outside the heap. */
    Map<String, float[]> zeros() {
        Map<String, float[]> zeros = new TreeMap<>();
        sizes().forEach((name, size) -> zeros.put(name, new float[size]));
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
