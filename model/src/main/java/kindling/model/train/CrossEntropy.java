package kindling.model.train;

import java.util.Arrays;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * -ln softmax(logits)[target], and its gradient in the same pass. Logits exist for one chunk of tokens at a time.
 *
 * <p>N tokens, V ids, C width: hidden (N, C), logits (chunk, V).
 */
final class CrossEntropy {

    /** Logits to a chunk, 8 MiB of them: they stay in the cache between the product and the softmax. */
    private static final int CHUNK_LOGITS = 1 << 21;
    /** Fewest rows to a chunk: each one reads and writes the whole gradient of the head. */
    private static final int CHUNK_ROWS = 256;

    private final RowKernels kernels;
    private final int chunk;
    private final Matrix logits;
    private final float[] row;
    /** Of the row that {@link #exponentials} read last. */
    private float sum;

    /** In chunks of the size that suits the vocabulary. */
    static CrossEntropy of(TransformerConfig config, Arena arena, int maxTokens, RowKernels kernels) {
        int chunk = Math.max(CHUNK_ROWS, CHUNK_LOGITS / config.vocabularySize());
        return new CrossEntropy(config, arena, Math.min(maxTokens, chunk), kernels);
    }

    CrossEntropy(TransformerConfig config, Arena arena, int chunk, RowKernels kernels) {
        int vocabulary = config.vocabularySize();
        this.kernels = kernels;
        this.chunk = chunk;
        this.logits = arena.matrix(chunk, vocabulary);
        this.row = new float[vocabulary];
    }

    /** Adds each batch row's loss to {@code sums}. */
    void loss(Transformer transformer, Matrix hidden, Batch batch, double[] sums) {
        int tokens = batch.rows() * batch.length();
        int[] targets = batch.targets();
        for (int first = 0; first < tokens; first += chunk) {
            int m = Math.min(chunk, tokens - first);
            transformer.logits(hidden, first, m, logits); // (m, C) -> (m, V)
            for (int i = 0; i < m; i++) {
                if (targets[first + i] != Batch.IGNORED) {
                    sums[(first + i) / batch.length()] += exponentials(i, targets[first + i]);
                }
            }
        }
    }

    /** The sum of all losses; sets dHidden to the gradient of their mean, and adds that of the head. */
    double lossAndGradient(Transformer transformer, Matrix hidden, Batch batch, int count, Matrix dHidden) {
        double sum = 0;
        int tokens = batch.rows() * batch.length();
        int[] targets = batch.targets();
        for (int first = 0; first < tokens; first += chunk) {
            int m = Math.min(chunk, tokens - first);
            transformer.logits(hidden, first, m, logits); // (m, C) -> (m, V)
            for (int i = 0; i < m; i++) {
                sum += gradientRow(i, targets[first + i], 1f / count);
            }
            transformer.logitsBackward(hidden, first, m, logits, dHidden); // (m, V) -> (m, C)
        }
        return sum;
    }

    /** The logits (N, V) themselves. */
    float[] logits(Transformer transformer, Matrix hidden, int tokens) {
        float[] all = new float[tokens * row.length];
        for (int first = 0; first < tokens; first += chunk) {
            int m = Math.min(chunk, tokens - first);
            transformer.logits(hidden, first, m, logits);
            logits.get(0, 0, all, first * row.length, m * row.length);
        }
        return all;
    }

    /** Turns one row of logits into (softmax - one) / count, and returns its loss. */
    private double gradientRow(int i, int target, float weight) {
        double loss = 0;
        if (target == Batch.IGNORED) {
            Arrays.fill(row, 0f);
        } else {
            loss = exponentials(i, target);
            kernels.scale(row, 0, row.length, weight / sum);
            row[target] -= weight;
        }
        logits.put(i, row);
        return loss;
    }

    /** Reads row i as exp(logit - max), and returns its loss. */
    private double exponentials(int i, int target) {
        logits.get(i, row);
        double logit = row[target];
        float max = kernels.max(row, 0, row.length);
        sum = kernels.exp(row, 0, row.length, max);
        return StrictMath.log(sum) + max - logit;
    }
}
