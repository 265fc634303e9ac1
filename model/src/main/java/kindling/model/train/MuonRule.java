package kindling.model.train;

import java.util.ArrayList;
import java.util.List;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/** {@link Muon} for the matrices of layers, each a segment of its own, one after the other. */
final class MuonRule implements Rule {

    /** Keeps a gradient of zeros zero. */
    private static final double NORM_EPSILON = 1e-7;
    /** Root mean square of an update, as AdamW's is (Liu et al., 2025, §2.2). */
    private static final double UPDATE_SIZE = 0.2;

    private static final int PIECE = AdamWRule.PIECE;

    private final Muon muon;
    private final Matrix values;
    private final Matrix gradients;
    private final RowKernels kernels;
    private final List<Block> blocks = new ArrayList<>();
    private final Moment momentum;
    private final Matrix x;
    private final float[] p = new float[PIECE];
    private final float[] g = new float[PIECE];
    private final float[] b = new float[PIECE];
    private final float[] zeros = new float[PIECE];

    /**
     * One matrix.
     *
     * @param offset in the values
     * @param place in the momentum
     */
    private record Block(int offset, int place, int size, float factor, NewtonSchulz orthogonal) {}

    /**
     * @param own what it moves of the values
     * @param moments where its momentum is reserved
     * @param scratch for what is needed within a step only
     */
    MuonRule(
            Muon muon,
            Matrix values,
            Matrix gradients,
            List<Segment> own,
            Arena moments,
            Arena scratch,
            RowKernels kernels) {
        this.muon = muon;
        this.values = values;
        this.gradients = gradients;
        this.kernels = kernels;
        int largest = own.stream().mapToInt(Segment::size).max().orElse(0);
        int shorter = own.stream()
                .mapToInt(segment -> Math.min(segment.rows(), segment.columns()))
                .max()
                .orElse(0);
        NewtonSchulz.Scratch shared = NewtonSchulz.Scratch.reserve(scratch, largest, shorter);
        this.x = shared.x();
        int place = 0;
        for (Segment segment : own) {
            float factor = (float) (UPDATE_SIZE * Math.sqrt(Math.max(segment.rows(), segment.columns())));
            NewtonSchulz orthogonal = new NewtonSchulz(segment.rows(), segment.columns(), shared);
            blocks.add(new Block(segment.offset(), place, segment.size(), factor, orthogonal));
            place += segment.size();
        }
        this.momentum = Moment.reserve("momentum", moments, place);
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
            gradients.get(0, block.offset + done, g, 0, n);
            momentum.values().get(0, block.place + done, b, 0, n);
            kernels.nesterov(g, b, n, clip, (float) muon.momentum());
            squares += kernels.dot(g, 0, g, 0, n);
            momentum.values().put(0, block.place + done, b, 0, n);
            x.put(0, done, g, 0, n);
            gradients.put(0, block.offset + done, zeros, 0, n);
        }
        return squares;
    }

    private void move(Block block, Matrix orthogonal, float keep, float rate) {
        for (int done = 0; done < block.size; done += PIECE) {
            int n = Math.min(PIECE, block.size - done);
            values.get(0, block.offset + done, p, 0, n);
            orthogonal.get(0, done, g, 0, n);
            kernels.combine(p, keep, g, -rate, n);
            values.put(0, block.offset + done, p, 0, n);
        }
    }
}
