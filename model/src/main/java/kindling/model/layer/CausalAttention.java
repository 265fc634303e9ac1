package kindling.model.layer;

import java.util.Arrays;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * softmax(q k^T / sqrt(D)) v of one sequence, all heads, where no query sees a later key (Vaswani et al., 2017).
 *
 * <p>H query heads, K key/value heads, D head width. Queries are worked on in blocks, so that only one block of scores
 * exists at a time and keys after a block are never multiplied. Backward makes the scores again from the logarithm of
 * each row's sum, which is all that forward keeps (Dao et al., 2022, "FlashAttention").
 *
 * <p>Operands are places in matrices: the heads of a query lie side by side in one row, D floats each, and so do
 * those of a key and a value. Whether keys come from the same product as the queries or from a cache is the caller's
 * affair.
 */
public final class CausalAttention {

    /** Queries to a block: enough rows for full speed of the products, and little of the triangle wasted. */
    private static final int BLOCK = 64;
    /** Rows of scores a power of two apart would share cache sets. */
    private static final int PADDING = 16;

    private final int heads;
    private final int group;
    private final int headDim;
    private final float scale;
    private final RowKernels kernels;
    private final Matrix scores;
    private final Matrix gradients;
    private final float[] row;
    private final float[] dRow;

    /**
     * Reserves one block of scores, and one of their gradients, in {@code arena}.
     *
     * @param maxLength most keys of a sequence
     */
    public CausalAttention(TransformerConfig config, Arena arena, int maxLength, RowKernels kernels) {
        this.heads = config.heads();
        this.group = config.heads() / config.keyValueHeads();
        this.headDim = config.headDim();
        this.scale = (float) (1 / Math.sqrt(headDim));
        this.kernels = kernels;
        this.scores = arena.matrix(BLOCK, maxLength + PADDING);
        this.gradients = arena.matrix(BLOCK, maxLength + PADDING);
        this.row = new float[maxLength];
        this.dRow = new float[maxLength];
    }

    /**
     * Attention of the last {@code queries} of {@code keys} positions over all positions up to their own.
     *
     * @param qAt where the first query's first head lies in q; likewise kAt, vAt, outAt
     * @param logSums gets, from {@code logSumsAt} on, the logarithm of each row's sum of exponentials: (H, queries)
     */
    public void forward(
            int queries,
            int keys,
            Matrix q,
            long qAt,
            Matrix k,
            long kAt,
            Matrix v,
            long vAt,
            Matrix out,
            long outAt,
            float[] logSums,
            int logSumsAt) {
        for (int h = 0; h < heads; h++) {
            long kv = (long) (h / group) * headDim;
            for (int first = 0; first < queries; first += BLOCK) {
                int m = Math.min(BLOCK, queries - first);
                int before = keys - queries + first;
                long qBlock = qAt + (long) first * q.columns() + (long) h * headDim;
                long outBlock = outAt + (long) first * out.columns() + (long) h * headDim;
                score(m, before + m, q, qBlock, k, kAt + kv);
                softmax(m, before, logSums, logSumsAt + h * queries + first);
                Gemm.nn(m, headDim, before + m, 1, scores, scores.at(0, 0), v, vAt + kv, 0, out, outBlock);
            }
        }
    }

    /** scores = q k^T / sqrt(D): (m, D), (visible, D) -> (m, visible). */
    private void score(int m, int visible, Matrix q, long qAt, Matrix k, long kAt) {
        Gemm.nt(m, visible, headDim, scale, q, qAt, k, kAt, 0, scores, scores.at(0, 0));
    }

    /** Row i of a block that has {@code before} keys before it sees before + i + 1 of them. */
    private void softmax(int m, int before, float[] logSums, int at) {
        for (int i = 0; i < m; i++) {
            int seen = before + i + 1;
            scores.get(i, 0, row, 0, seen);
            float max = kernels.max(row, 0, seen);
            float sum = kernels.exp(row, 0, seen, max);
            kernels.scale(row, 0, seen, 1 / sum);
            Arrays.fill(row, seen, before + m, 0f);
            scores.put(i, 0, row, 0, before + m);
            logSums[at + i] = max + (float) StrictMath.log(sum);
        }
    }

    /**
     * Gradients of the queries, keys and values of a whole sequence, which are overwritten. The arguments are laid out
     * as in {@link #forward} with as many queries as keys: dQ as q, dK as k, dV as v, dOut as out.
     */
    void backward(
            int length,
            Matrix qkv,
            long qAt,
            long kAt,
            long vAt,
            Matrix dQkv,
            long dQAt,
            long dKAt,
            long dVAt,
            Matrix dOut,
            long dOutAt,
            float[] logSums,
            int logSumsAt) {
        int lastBlock = (length - 1) / BLOCK * BLOCK;
        for (int h = 0; h < heads; h++) {
            long kv = (long) (h / group) * headDim;
            // The last block sees every key: it comes first and overwrites, all others of the key's heads add.
            float beta = h % group == 0 ? 0 : 1;
            for (int first = lastBlock; first >= 0; first -= BLOCK) {
                int m = Math.min(BLOCK, length - first);
                int visible = first + m;
                long head = (long) first * qkv.columns() + (long) h * headDim;
                long out = dOutAt + (long) first * dOut.columns() + (long) h * headDim;
                score(m, visible, qkv, qAt + head, qkv, kAt + kv);
                Gemm.nt(m, visible, headDim, 1, dOut, out, qkv, vAt + kv, 0, gradients, gradients.at(0, 0));
                softmaxBackward(m, first, logSums, logSumsAt + h * length + first);
                Gemm.tn(visible, headDim, m, 1, scores, scores.at(0, 0), dOut, out, beta, dQkv, dVAt + kv);
                Gemm.tn(visible, headDim, m, 1, gradients, gradients.at(0, 0), qkv, qAt + head, beta, dQkv, dKAt + kv);
                Gemm.nn(m, headDim, visible, 1, gradients, gradients.at(0, 0), qkv, kAt + kv, 0, dQkv, dQAt + head);
                beta = 1;
            }
        }
    }

    /** scores become p = softmax; gradients, which hold dp, become ds = p (dp - sum(p dp)) / sqrt(D). */
    private void softmaxBackward(int m, int before, float[] logSums, int at) {
        int visible = before + m;
        for (int i = 0; i < m; i++) {
            int seen = before + i + 1;
            scores.get(i, 0, row, 0, seen);
            gradients.get(i, 0, dRow, 0, seen);
            kernels.exp(row, 0, seen, logSums[at + i]);
            float mean = kernels.dot(row, 0, dRow, 0, seen);
            for (int j = 0; j < seen; j++) {
                dRow[j] = row[j] * (dRow[j] - mean) * scale;
            }
            Arrays.fill(row, seen, visible, 0f);
            Arrays.fill(dRow, seen, visible, 0f);
            scores.put(i, 0, row, 0, visible);
            gradients.put(i, 0, dRow, 0, visible);
        }
    }
}
