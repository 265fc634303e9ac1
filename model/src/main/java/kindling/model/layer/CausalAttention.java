package kindling.model.layer;

import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * softmax(q k^T / sqrt(D)) v of the last positions of one sequence over a cache of all of them, all heads, where no query sees a
 * later key (Vaswani et al., 2017). Forward only: training mixes with {@link SelfAttention}.
 *
 * <p>H query heads, K key/value heads, D head width. Queries are worked on in blocks, so that only one block of scores
 * exists at a time and keys after a block are never multiplied.
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
    private final float[] row;
    private final float[] kept = new float[2];

    /**
     * Reserves one block of scores in {@code arena}.
     *
     * @param maxLength most keys of a sequence
     */
    public CausalAttention(TransformerConfig config, Arena arena, int maxLength, RowKernels kernels) {
        this.heads = config.heads();
        this.group = config.heads() / config.keyValueHeads();
        this.headDim = config.headDim();
        this.scale = (float) (1 / Math.sqrt(headDim));
        this.kernels = kernels;
        this.scores = arena.matrix(BLOCK, rounded(maxLength) + PADDING);
        this.row = new float[rounded(maxLength)];
    }

    /**
     * Attention of the last {@code queries} of {@code keys} positions over all positions up to their own.
     *
     * @param qAt where the first query's first head lies in q; likewise kAt, vAt, outAt
     */
    public void forward(
            int queries, int keys, Matrix q, long qAt, Matrix k, long kAt, Matrix v, long vAt, Matrix out, long outAt) {
        for (int h = 0; h < heads; h++) {
            long kv = (long) (h / group) * headDim;
            for (int first = 0; first < queries; first += BLOCK) {
                int m = Math.min(BLOCK, queries - first);
                int before = keys - queries + first;
                long qBlock = qAt + (long) first * q.columns() + (long) h * headDim;
                long outBlock = outAt + (long) first * out.columns() + (long) h * headDim;
                score(m, before + m, q, qBlock, k, kAt + kv);
                softmax(m, before);
                Gemm.nn(m, headDim, before + m, 1, scores, scores.at(0, 0), v, vAt + kv, 0, out, outBlock);
            }
        }
    }

    /** scores = q k^T / sqrt(D): (m, D), (visible, D) -> (m, visible). */
    private void score(int m, int visible, Matrix q, long qAt, Matrix k, long kAt) {
        Gemm.nt(m, visible, headDim, scale, q, qAt, k, kAt, 0, scores, scores.at(0, 0));
    }

    /** Row i of a block that has {@code before} keys before it sees before + i + 1 of them. */
    private void softmax(int m, int before) {
        int width = rounded(before + m);
        for (int i = 0; i < m; i++) {
            scores.get(i, 0, row, 0, width);
            kernels.softmax(row, 0, 0, before + i + 1, width, kept, 0);
            scores.put(i, 0, row, 0, width);
        }
    }

    /** Up to whole vectors. */
    private static int rounded(int keys) {
        int unit = RowKernels.SOFTMAX_WIDTH;
        return (keys + unit - 1) / unit * unit;
    }
}
