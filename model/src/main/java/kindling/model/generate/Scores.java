package kindling.model.generate;

import java.util.List;
import kindling.model.tensor.RowKernels;

/**
 * From logits to scores a search can choose by. V vocabulary size: logits and scores (V).
 *
 * <p>Belongs to one thread.
 */
final class Scores {
    private final RowKernels kernels;
    private final Guide guide;
    private final List<ScoreProcessor> processors;
    private final float[] scratch;

    Scores(Decoding decoding, Guide guide, int vocabularySize, RowKernels kernels) {
        this.kernels = kernels;
        this.guide = guide;
        this.processors = ScoreProcessor.of(decoding, guide, kernels);
        this.scratch = new float[vocabularySize];
    }

    /** Whether a text is over with the id that was written last. */
    boolean isOver(Sequence sequence) {
        return guide.isOver(sequence.writtenIds());
    }

    /** log Σ exp(logit): what to subtract from a logit for its log-probability. */
    double logNormalizer(float[] logits) {
        System.arraycopy(logits, 0, scratch, 0, scratch.length);
        float max = kernels.max(scratch, 0, scratch.length);
        return max + StrictMath.log(kernels.exp(scratch, 0, scratch.length, max));
    }

    /** The logits, shifted down by {@code shift} and processed. Valid until the next call. */
    float[] processed(float[] logits, double shift, Sequence sequence) {
        System.arraycopy(logits, 0, scratch, 0, scratch.length);
        if (shift != 0) {
            for (int id = 0; id < scratch.length; id++) {
                scratch[id] = (float) (scratch[id] - shift);
            }
        }
        for (ScoreProcessor processor : processors) {
            processor.apply(scratch, sequence);
        }
        return scratch;
    }

    /** The id with the greatest score, the first of equals; -1 when all are forbidden. */
    static int likeliest(float[] scores) {
        int best = -1;
        float greatest = ScoreProcessor.FORBIDDEN;
        for (int id = 0; id < scores.length; id++) {
            if (scores[id] > greatest) {
                greatest = scores[id];
                best = id;
            }
        }
        return best;
    }

    /**
     * The id at which the running sum of probabilities, in the order of ids, passes {@code uniform}; -1 when all are forbidden.
     *
     * @param uniform in [0, 1)
     */
    int drawn(float[] scores, double uniform) {
        float[] weights = ScoreProcessor.weights(scores, kernels);
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        double remaining = uniform * total;
        int last = -1;
        for (int id = 0; id < weights.length; id++) {
            if (weights[id] > 0) {
                last = id;
                remaining -= weights[id];
                if (remaining < 0) {
                    return id;
                }
            }
        }
        return last; // rounding kept the sum from reaching the total
    }
}
