package kindling.model.train;

import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * -ln softmax(logits)[target], and its gradient in the same pass. Logits exist for one chunk of tokens at a time, and only for
 * tokens that have a target.
 *
 * <p>N tokens, V ids, C width, m tokens to a chunk: hidden (N, C), logits (m, V).
 */
final class CrossEntropy {

    /** Logits to a chunk, where that many rows and no fewer than the fewest are too many: 256 MiB of them. */
    private static final int CHUNK_LOGITS = 1 << 26;
    /** Each chunk reads and writes the whole gradient of the head: four of 256 rows took a tenth longer than one of 1024. */
    private static final int MOST_ROWS = 1024;

    private static final int FEWEST_ROWS = 256;

    private final RowKernels kernels;
    private final int chunk;
    private final Matrix logits;
    private final Matrix states;
    private final Matrix dStates;
    private final float[] row;
    private final float[] state;
    /** Logits as the loss sees them, where a soft-cap's gradient needs them. */
    private final float[] capped;
    /** Tokens of the chunk in work, which all have a target. */
    private final int[] places;
    /** Of the row that {@link #exponentials} read last. */
    private float sum;

    /** In chunks of the size that suits the vocabulary. */
    static CrossEntropy of(TransformerConfig config, Arena arena, int maxTokens, RowKernels kernels) {
        int chunk = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, CHUNK_LOGITS / config.vocabularySize()));
        return new CrossEntropy(config, arena, Math.min(maxTokens, chunk), kernels);
    }

    CrossEntropy(TransformerConfig config, Arena arena, int chunk, RowKernels kernels) {
        int vocabulary = config.vocabularySize();
        this.kernels = kernels;
        this.chunk = chunk;
        this.logits = arena.matrix(chunk, vocabulary);
        this.states = arena.matrix(chunk, config.width());
        this.dStates = arena.matrix(chunk, config.width());
        this.row = new float[vocabulary];
        this.state = new float[config.width()];
        this.capped = new float[config.logitSoftCap() > 0 ? vocabulary : 0];
        this.places = new int[chunk];
    }

    /** Adds each batch row's loss to {@code sums}. */
    void loss(Transformer transformer, Matrix hidden, Batch batch, double[] sums) {
        int[] targets = batch.targets();
        for (int m = find(targets, 0); m > 0; m = find(targets, places[m - 1] + 1)) {
            gather(hidden, m); // (N, C) -> (m, C)
            transformer.logits(states, 0, m, logits); // (m, C) -> (m, V)
            for (int i = 0; i < m; i++) {
                sums[places[i] / batch.length()] += exponentials(i, targets[places[i]]);
            }
        }
    }

    /**
     * The sum of all losses; sets dHidden to the gradient of weight times that sum, and adds that of the head.
     *
     * @param weight 1 / number of targets, for the mean loss
     */
    double lossAndGradient(Transformer transformer, Matrix hidden, Batch batch, float weight, Matrix dHidden) {
        double losses = 0;
        int tokens = batch.rows() * batch.length();
        int[] targets = batch.targets();
        if (batch.targetCount() < tokens) {
            dHidden.zero(tokens);
        }
        for (int m = find(targets, 0); m > 0; m = find(targets, places[m - 1] + 1)) {
            gather(hidden, m); // (N, C) -> (m, C)
            transformer.logits(states, 0, m, logits); // (m, C) -> (m, V)
            for (int i = 0; i < m; i++) {
                losses += gradientRow(transformer, i, targets[places[i]], weight);
            }
            transformer.logitsBackward(states, 0, m, logits, dStates); // (m, V) -> (m, C)
            scatter(dHidden, m); // (m, C) -> (N, C)
        }
        return losses;
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

    /** Finds the next chunk of tokens that have a target, and returns their number. */
    private int find(int[] targets, int from) {
        int found = 0;
        for (int t = from; t < targets.length && found < chunk; t++) {
            if (targets[t] != Batch.IGNORED) {
                places[found] = t;
                found++;
            }
        }
        return found;
    }

    private void gather(Matrix hidden, int m) {
        for (int i = 0; i < m; i++) {
            hidden.get(places[i], state);
            states.put(i, state);
        }
    }

    private void scatter(Matrix dHidden, int m) {
        for (int i = 0; i < m; i++) {
            dStates.get(i, state);
            dHidden.put(places[i], state);
        }
    }

    /** Turns one row of logits into (softmax - one) weight, and returns its loss. */
    private double gradientRow(Transformer transformer, int i, int target, float weight) {
        double loss = exponentials(i, target);
        kernels.scale(row, 0, row.length, weight / sum);
        row[target] -= weight;
        if (capped.length > 0) {
            logits.get(i, capped);
            transformer.uncap(capped, row);
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
