package kindling.model.train;

import java.util.List;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * {@link AdamW} in one pass over memory, in pieces. The moments of its segments lie one after the other, in their order.
 */
final class AdamWRule implements Rule {

    /** Floats to a piece: four arrays of them stay in the first-level cache. 4096 took a third longer. */
    static final int PIECE = 1024;

    private final AdamW adamW;
    private final double shareOfRate;
    private final Matrix values;
    private final Matrix gradients;
    private final List<Segment> own;
    private final RowKernels kernels;
    private final Moment first;
    private final Moment second;
    private final float[] p = new float[PIECE];
    private final float[] g = new float[PIECE];
    private final float[] m = new float[PIECE];
    private final float[] v = new float[PIECE];
    private final float[] zeros = new float[PIECE];

    /**
     * @param shareOfRate of the learning rate
     * @param own what it moves of the values
     * @param moments where its moments are reserved
     */
    AdamWRule(
            AdamW adamW,
            double shareOfRate,
            Matrix values,
            Matrix gradients,
            List<Segment> own,
            Arena moments,
            RowKernels kernels) {
        this.adamW = adamW;
        this.shareOfRate = shareOfRate;
        this.values = values;
        this.gradients = gradients;
        this.own = List.copyOf(own);
        this.kernels = kernels;
        long size = own.stream().mapToLong(Segment::size).sum();
        this.first = Moment.reserve("exp_avg", moments, size);
        this.second = Moment.reserve("exp_avg_sq", moments, size);
    }

    @Override
    public List<Moment> moments() {
        return List.of(first, second);
    }

    @Override
    public void update(double learningRate, float clip, long step) {
        double rate = shareOfRate * learningRate;
        RowKernels.Adam kept = factors(rate, clip, step, 1);
        RowKernels.Adam decayed = factors(rate, clip, step, 1 - rate * adamW.weightDecay());
        int place = 0;
        for (int i = 0; i < own.size(); i++) {
            Segment segment = own.get(i);
            update(segment, place, segment.kind() == Segment.Kind.VECTOR ? kept : decayed);
            place += segment.size();
        }
    }

    private RowKernels.Adam factors(double rate, float clip, long step, double keep) {
        return new RowKernels.Adam(
                clip,
                (float) adamW.beta1(),
                (float) (1 - adamW.beta1()),
                (float) adamW.beta2(),
                (float) (1 - adamW.beta2()),
                (float) keep,
                (float) (rate / (1 - StrictMath.pow(adamW.beta1(), (double) step))),
                (float) (1 / (1 - StrictMath.pow(adamW.beta2(), (double) step))),
                (float) adamW.epsilon());
    }

    private void update(Segment segment, int place, RowKernels.Adam by) {
        for (int done = 0; done < segment.size(); done += PIECE) {
            int n = Math.min(PIECE, segment.size() - done);
            int at = segment.offset() + done;
            int moment = place + done;
            values.get(0, at, p, 0, n);
            gradients.get(0, at, g, 0, n);
            first.values().get(0, moment, m, 0, n);
            second.values().get(0, moment, v, 0, n);
            kernels.adamW(p, g, m, v, n, by);
            values.put(0, at, p, 0, n);
            gradients.put(0, at, zeros, 0, n);
            first.values().put(0, moment, m, 0, n);
            second.values().put(0, moment, v, 0, n);
        }
    }
}
