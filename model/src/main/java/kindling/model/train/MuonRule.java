package kindling.model.train;

import java.util.ArrayList;
import java.util.List;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/** {@link Muon} for the matrices of layers, each in one block of rows, one after the other. */
final class MuonRule implements Rule {

    /** Keeps a gradient of zeros zero. */
    private static final double NORM_EPSILON = 1e-7;
    /** Root mean square of an update, as AdamW's is (Liu et al., 2025, §2.2). */
    private static final double UPDATE_SIZE = 0.2;

    private static final int PIECE = AdamWRule.PIECE;

    private final Muon muon;
    private final Parameters parameters;
    private final RowKernels kernels;
    private final List<Block> blocks = new ArrayList<>();
    private final Moment momentum;
    private final Matrix x;
    private final float[] p = new float[PIECE];
    private final float[] g = new float[PIECE];
    private final float[] b = new float[PIECE];
    private final float[] zeros = new float[PIECE];

    /**
     * Rows of a parameter that are one matrix.
     *
     * @param offset in the flat block of parameters
     * @param place in the momentum
     */
    private record Block(int offset, int place, int size, float factor, NewtonSchulz orthogonal) {}

    MuonRule(
            Muon muon,
            TransformerConfig config,
            Parameters parameters,
            List<Layout.Parameter> own,
            Arena moments,
            Arena scratch,
            RowKernels kernels) {
        this.muon = muon;
        this.parameters = parameters;
        this.kernels = kernels;
        List<Rows> all = own.stream()
                .flatMap(parameter -> rows(config, parameter).stream())
                .toList();
        int largest = all.stream().mapToInt(Rows::size).max().orElse(0);
        int shorter = all.stream()
                .mapToInt(rows -> Math.min(rows.count, rows.columns))
                .max()
                .orElse(0);
        NewtonSchulz.Scratch shared = NewtonSchulz.Scratch.reserve(scratch, largest, shorter);
        this.x = shared.x();
        int place = 0;
        for (Rows rows : all) {
            float factor = (float) (UPDATE_SIZE * Math.sqrt(Math.max(rows.count, rows.columns)));
            NewtonSchulz orthogonal = new NewtonSchulz(rows.count, rows.columns, shared);
            blocks.add(new Block(rows.offset, place, rows.size(), factor, orthogonal));
            place += rows.size();
        }
        this.momentum = Moment.reserve("momentum", moments, place);
    }

    /** Whether a parameter is a matrix between hidden states. */
    static boolean fits(Layout.Parameter parameter) {
        return parameter.rank() == 2 && parameter.name().startsWith("layers.");
    }

    private record Rows(int offset, int count, int columns) {
        int size() {
            return count * columns;
        }
    }

    /** Queries, keys and values apart, gate and up apart. */
    private static List<Rows> rows(TransformerConfig config, Layout.Parameter parameter) {
        int all = parameter.shape().get(0);
        int[] counts = {all};
        if (parameter.name().endsWith(".attention.qkv.weight")) {
            counts = new int[] {config.queryWidth(), config.keyValueWidth(), config.keyValueWidth()};
        } else if (parameter.name().endsWith(".mlp.input.weight") && config.gated()) {
            counts = new int[] {all / 2, all / 2};
        }
        List<Rows> rows = new ArrayList<>();
        int offset = (int) parameter.offset();
        for (int count : counts) {
            rows.add(new Rows(offset, count, parameter.columns()));
            offset += count * parameter.columns();
        }
        return rows;
    }

    @Override
    public List<Moment> moments() {
        return List.of(momentum);
    }

    @Override
    public void update(double learningRate, float clip, long step) {
        float keep = (float) (1 - learningRate * muon.weightDecay());
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            double norm = Math.sqrt(gather(block, clip));
            Matrix orthogonal = block.orthogonal.run((float) (1 / (norm + NORM_EPSILON)), muon.iterations());
            move(block, orthogonal, keep, (float) (learningRate * block.factor));
        }
    }

    /** Leaves momentum's direction in x, and returns the sum of its squares. */
    private double gather(Block block, float clip) {
        double squares = 0;
        for (int done = 0; done < block.size; done += PIECE) {
            int n = Math.min(PIECE, block.size - done);
            parameters.gradients().get(0, block.offset + done, g, 0, n);
            momentum.values().get(0, block.place + done, b, 0, n);
            kernels.nesterov(g, b, n, clip, (float) muon.momentum());
            squares += kernels.dot(g, 0, g, 0, n);
            momentum.values().put(0, block.place + done, b, 0, n);
            x.put(0, done, g, 0, n);
            parameters.gradients().put(0, block.offset + done, zeros, 0, n);
        }
        return squares;
    }

    private void move(Block block, Matrix orthogonal, float keep, float rate) {
        for (int done = 0; done < block.size; done += PIECE) {
            int n = Math.min(PIECE, block.size - done);
            parameters.values().get(0, block.offset + done, p, 0, n);
            orthogonal.get(0, done, g, 0, n);
            kernels.combine(p, keep, g, -rate, n);
            parameters.values().put(0, block.offset + done, p, 0, n);
        }
    }
}
