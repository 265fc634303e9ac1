package kindling.model.generate;

import java.util.Arrays;

/** One hypothesis that takes the likeliest id, or one drawn by its probability, until it ends. */
final class Continuation implements Search {
    private static final int[] ITSELF = {0};
    private static final int[] OVER = {};

    private final Sequence sequence;
    private final long seed;
    private final Decoding decoding;
    private final Scores scores;
    private final double[] logProbabilities;
    private int drawn;
    private boolean stopped;
    private boolean over;

    Continuation(Sequence sequence, long seed, Decoding decoding, Scores scores) {
        this.sequence = sequence;
        this.seed = seed;
        this.decoding = decoding;
        this.scores = scores;
        this.logProbabilities = new double[decoding.maxNewTokens()];
    }

    @Override
    public int live() {
        return over ? 0 : 1;
    }

    @Override
    public Sequence sequence(int hypothesis) {
        return sequence;
    }

    @Override
    public int[] advance(float[][] logits) {
        float[] processed = scores.processed(logits[0], 0, sequence);
        int id = decoding.method().equals(Decoding.SAMPLE)
                ? scores.drawn(processed, uniform(seed, sequence.written()))
                : Scores.likeliest(processed);
        if (id >= 0) {
            logProbabilities[drawn++] = logits[0][id] - scores.logNormalizer(logits[0]);
            take(id);
        }
        over = id < 0 || stopped || sequence.written() == decoding.maxNewTokens();
        return over ? OVER : ITSELF;
    }

    private void take(int id) {
        stopped = id == decoding.endId();
        if (!stopped) {
            sequence.add(id);
            stopped = scores.isOver(sequence);
        }
    }

    @Override
    public Completion completion() {
        return new Completion(sequence.writtenIds(), stopped, Arrays.copyOf(logProbabilities, drawn));
    }

    /** In [0, 1), a function of the seed and the position alone: the finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    static double uniform(long seed, long position) {
        return (mix(mix(seed) + (position + 1) * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
