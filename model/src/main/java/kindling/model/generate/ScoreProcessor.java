package kindling.model.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import kindling.model.tensor.RowKernels;

/**
 * Bends the scores of the next id before one is chosen. A forbidden id gets the score minus infinity.
 *
 * <p>V vocabulary size: scores (V), logits or log-probabilities.
 */
interface ScoreProcessor {
    float FORBIDDEN = Float.NEGATIVE_INFINITY;

    void apply(float[] scores, Sequence sequence);

    /** The processors that a decoding asks for, in the order in which Hugging Face applies them. */
    static List<ScoreProcessor> of(Decoding decoding, Guide guide, RowKernels kernels) {
        List<ScoreProcessor> chain = new ArrayList<>();
        if (decoding.repetitionPenalty() != 1) {
            chain.add(repetitionPenalty(decoding.repetitionPenalty()));
        }
        if (decoding.noRepeatNgramSize() > 0) {
            chain.add(noRepeatNgram(decoding.noRepeatNgramSize()));
        }
        if (decoding.minNewTokens() > 0 && decoding.endId() >= 0) {
            chain.add(minNewTokens(decoding.minNewTokens(), decoding.endId()));
        }
        if (!guide.equals(Guide.FREE)) {
            chain.add(guided(guide));
        }
        if (decoding.method().equals(Decoding.SAMPLE)) {
            addWarpers(chain, decoding, kernels);
        }
        return chain;
    }

    private static void addWarpers(List<ScoreProcessor> chain, Decoding decoding, RowKernels kernels) {
        if (decoding.temperature() != 1) {
            chain.add(temperature(decoding.temperature()));
        }
        if (decoding.topK() > 0) {
            chain.add(topK(decoding.topK()));
        }
        if (decoding.topP() < 1) {
            chain.add(topP(decoding.topP(), kernels));
        }
        if (decoding.minP() > 0) {
            chain.add(minP(decoding.minP(), kernels));
        }
    }

    /** Once for each distinct id so far: s < 0 ? s penalty : s / penalty (Keskar et al. 2019, section 4.1). */
    static ScoreProcessor repetitionPenalty(double penalty) {
        return (scores, sequence) -> {
            BitSet seen = new BitSet(scores.length);
            for (int i = 0; i < sequence.length(); i++) {
                seen.set(sequence.id(i));
            }
            for (int id = seen.nextSetBit(0); id >= 0; id = seen.nextSetBit(id + 1)) {
                scores[id] = (float) (scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty);
            }
        };
    }

    /** Forbids every id that once followed the last n - 1 ids (Paulus et al. 2018, section 2.5). */
    static ScoreProcessor noRepeatNgram(int n) {
        return (scores, sequence) -> {
            int tail = sequence.length() - (n - 1);
            for (int start = 0; start + n <= sequence.length(); start++) {
                int same = 0;
                while (same < n - 1 && sequence.id(start + same) == sequence.id(tail + same)) {
                    same++;
                }
                if (same == n - 1) {
                    scores[sequence.id(start + n - 1)] = FORBIDDEN;
                }
            }
        };
    }

    /** Forbids the end while fewer than {@code n} ids were written. */
    static ScoreProcessor minNewTokens(int n, int endId) {
        return (scores, sequence) -> {
            if (sequence.written() < n) {
                scores[endId] = FORBIDDEN;
            }
        };
    }

    /** Forbids all that a guide does not allow. */
    static ScoreProcessor guided(Guide guide) {
        return (scores, sequence) -> {
            Optional<int[]> allowed = guide.next(sequence.writtenIds());
            if (allowed.isPresent()) {
                float[] before = scores.clone();
                Arrays.fill(scores, FORBIDDEN);
                for (int id : allowed.get()) {
                    scores[id] = before[id];
                }
            }
        };
    }

    /** s / temperature. */
    static ScoreProcessor temperature(double temperature) {
        return (scores, sequence) -> {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (scores[i] / temperature);
            }
        };
    }

    /** Keeps the k greatest scores, and those that equal the k-th (Fan et al. 2018, section 5.4). */
    static ScoreProcessor topK(int k) {
        return (scores, sequence) -> {
            if (k < scores.length) {
                forbidBelow(scores, greatest(scores, k));
            }
        };
    }

    /** The k-th greatest score, from a heap of the k greatest with the least of them on top. */
    private static float greatest(float[] scores, int k) {
        float[] heap = Arrays.copyOf(scores, k);
        Arrays.sort(heap);
        for (int i = k; i < scores.length; i++) {
            if (scores[i] > heap[0]) {
                replaceLeast(heap, scores[i]);
            }
        }
        return heap[0];
    }

    private static void replaceLeast(float[] heap, float score) {
        int hole = 0;
        int child = 1;
        while (child < heap.length) {
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= score) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
            child = 2 * hole + 1;
        }
        heap[hole] = score;
    }

    /**
     * From the least likely up, forbids ids while their probabilities together stay within 1 - p, but never the likeliest
     * (Holtzman et al. 2020, section 3.1).
     */
    static ScoreProcessor topP(double p, RowKernels kernels) {
        return (scores, sequence) -> {
            float[] weights = weights(scores, kernels);
            double within = (1 - p) * sum(weights);
            // Ids this unlikely are out however many they are; only the rest is worth sorting.
            double negligible = within / scores.length;
            double dropped = 0;
            long[] order = new long[scores.length];
            int candidates = 0;
            for (int id = 0; id < scores.length; id++) {
                if (weights[id] <= negligible) {
                    dropped += weights[id];
                    scores[id] = FORBIDDEN;
                } else {
                    order[candidates++] = (long) Float.floatToRawIntBits(weights[id]) << Integer.SIZE | id;
                }
            }
            Arrays.sort(order, 0, candidates); // positive floats sort like their bits; ties by id
            for (int i = 0; i < candidates - 1; i++) {
                int id = (int) order[i];
                dropped += weights[id];
                if (dropped > within) {
                    break;
                }
                scores[id] = FORBIDDEN;
            }
        };
    }

    /** Forbids ids less likely than a fraction p of the likeliest (Nguyen et al. 2024, "Min-p Sampling"). */
    static ScoreProcessor minP(double p, RowKernels kernels) {
        return (scores, sequence) -> {
            float[] weights = weights(scores, kernels); // relative to the likeliest, which has 1
            for (int id = 0; id < scores.length; id++) {
                if (weights[id] < p) {
                    scores[id] = FORBIDDEN;
                }
            }
        };
    }

    /** exp(score - greatest score); 0 for forbidden ids. */
    static float[] weights(float[] scores, RowKernels kernels) {
        float[] weights = scores.clone();
        kernels.exp(weights, 0, weights.length, kernels.max(scores, 0, scores.length));
        for (int id = 0; id < scores.length; id++) {
            if (scores[id] == FORBIDDEN) {
                weights[id] = 0;
            }
        }
        return weights;
    }

    private static double sum(float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum;
    }

    private static void forbidBelow(float[] scores, float least) {
        for (int id = 0; id < scores.length; id++) {
            if (scores[id] < least) {
                scores[id] = FORBIDDEN;
            }
        }
    }
}
