package kindling.model.layer;

import kindling.model.Mask;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * softmax(q k^T / sqrt(D)) v within each row of a batch, under a {@link Mask}, and its gradient (Vaswani et al., 2017): what
 * training mixes with.
 *
 * <p>B rows, T positions, N = B T tokens; H query heads, K key/value heads, D head width.
 *
 * <p>Queries are worked on in blocks, so that only one block of scores exists at a time, and keys that no query of a block
 * sees are never multiplied. Backward makes the scores again from each row's largest score and sum, which is all that
 * forward keeps (Dao et al., 2022, "FlashAttention"). A query that sees nothing gives zeros.
 */
public final class SelfAttention implements Mixing {

    /** Keys to a product: OpenBLAS multiplies operands of this size where they lie, at 1.4 times the speed of larger ones. */
    private static final int KEYS = 64;

    private final int heads;
    private final int group;
    private final int headDim;
    private final float scale;
    private final int keyColumn;
    private final int valueColumn;
    private final RowKernels kernels;
    private final Dropout dropout;
    private final Scores scores;
    private final Scores gradients;
    private final float[] strip;
    private final float[] dStrip;
    private final float[] zeros;
    /** (L B H T, 2): for each layer, row, head and query the largest score, and 1 / sum of exponentials. */
    private final Matrix kept;

    private final long keptOfLayer;
    private final boolean keeps;
    private final float[] keptStrip = new float[2 * Scores.BLOCK];

    private Mask mask;
    private int length;
    /** Keys that any query of the present block sees, from and to, within their row. */
    private int lowest;

    private int highest;
    /** Keys of the present head whose gradients have been set by some block, from and to. */
    private int setFrom;

    private int setTo;

    /** For batches of up to {@code maxTokens} tokens in rows of up to {@code maxLength}. */
    public SelfAttention(TransformerConfig config, Arena arena, int maxTokens, int maxLength, RowKernels kernels) {
        this(config, arena, maxTokens, maxLength, kernels, Dropout.none());
    }

    /** The same with a share of the probabilities dropped while {@code dropout} is on. */
    public SelfAttention(
            TransformerConfig config, Arena arena, int maxTokens, int maxLength, RowKernels kernels, Dropout dropout) {
        this(config, arena, maxTokens, maxLength, kernels, dropout, true);
    }

    private SelfAttention(
            TransformerConfig config,
            Arena arena,
            int maxTokens,
            int maxLength,
            RowKernels kernels,
            Dropout dropout,
            boolean keeps) {
        this.keeps = keeps;
        this.dropout = dropout;
        this.heads = config.heads();
        this.group = config.heads() / config.keyValueHeads();
        this.headDim = config.headDim();
        this.scale = (float) (1 / Math.sqrt(headDim));
        this.keyColumn = config.queryWidth();
        this.valueColumn = config.queryWidth() + config.keyValueWidth();
        this.kernels = kernels;
        this.scores = new Scores(arena, maxLength);
        this.gradients = keeps ? new Scores(arena, maxLength) : scores;
        this.strip = new float[Scores.stripSize(maxLength)];
        this.dStrip = new float[strip.length];
        this.zeros = new float[headDim];
        this.keptOfLayer = (long) maxTokens * heads;
        this.kept = arena.matrix(keeps ? config.layers() * keptOfLayer : 0, 2);
        shape(1, 1);
    }

    /** One for forward only, which keeps nothing. */
    public static SelfAttention inference(
            TransformerConfig config, Arena arena, int maxTokens, int maxLength, RowKernels kernels) {
        return new SelfAttention(config, arena, maxTokens, maxLength, kernels, Dropout.none(), false);
    }

    /** Sets what the tokens of the batch that follows see. */
    public void see(Mask seen) {
        mask = seen;
        length = seen.length();
    }

    /** The batch that follows has B rows of T positions, each of which sees itself and what came before. */
    public void shape(int batchRows, int batchLength) {
        see(Mask.causal(batchRows, batchLength));
    }

    @Override
    public void mix(int layer, Matrix qkv, Matrix mixed, int tokens) {
        for (int b = 0; b < mask.rows(); b++) {
            for (int h = 0; h < heads; h++) {
                for (int first = 0; first < length; first += Scores.BLOCK) {
                    int m = Math.min(Scores.BLOCK, length - first);
                    look(b, first, m);
                    if (lowest < highest) {
                        mixBlock(layer, qkv, mixed, b, h, first, m);
                    } else {
                        zero(mixed, b, first, first + m, h * headDim);
                    }
                }
            }
        }
    }

    private void mixBlock(int layer, Matrix qkv, Matrix mixed, int b, int h, int first, int m) {
        long row = (long) b * length;
        Matrix p = scores.matrix(highest - lowest);
        score(qkv, b, h, first, m, p);
        softmax(p, layer, b, h, first, m);
        int valueHead = valueColumn + h / group * headDim;
        for (int key = lowest; key < highest; key += KEYS) {
            int n = Math.min(KEYS, highest - key);
            Gemm.nn( // (m, n), (n, D) -> (m, D)
                    m,
                    headDim,
                    n,
                    1,
                    p,
                    p.at(0, key - lowest),
                    qkv,
                    qkv.at(row + key, valueHead),
                    key == lowest ? 0 : 1,
                    mixed,
                    mixed.at(row + first, h * headDim));
        }
    }

    /** Finds the keys that m queries from {@code first} on see. */
    private void look(int b, int first, int m) {
        lowest = length;
        highest = 0;
        for (int i = b * length + first; i < b * length + first + m; i++) {
            if (mask.from()[i] < mask.to()[i]) {
                lowest = Math.min(lowest, mask.from()[i]);
                highest = Math.max(highest, mask.to()[i]);
            }
        }
    }

    /** to = q k^T / sqrt(D): (m, D), (n, D) -> (m, n). */
    private void score(Matrix qkv, int b, int h, int first, int m, Matrix to) {
        long row = (long) b * length;
        Gemm.nt(
                m,
                highest - lowest,
                headDim,
                scale,
                qkv,
                qkv.at(row + first, h * headDim),
                qkv,
                qkv.at(row + lowest, keyColumn + h / group * headDim),
                0,
                to,
                to.at(0, 0));
    }

    private void softmax(Matrix block, int layer, int b, int h, int first, int m) {
        int stride = block.columns();
        int most = Scores.rows(block);
        for (int i = 0; i < m; i += most) {
            int rows = Math.min(most, m - i);
            block.get(i, 0, strip, 0, rows * stride);
            for (int r = 0; r < rows; r++) {
                int query = b * length + first + i + r;
                kernels.softmax(strip, r * stride, from(query), to(query), width(), keptStrip, 2 * r);
                drop(strip, r * stride, layer, b, h, first + i + r);
            }
            if (keeps) {
                kept.put(keptAt(layer, b, h, first + i), 0, keptStrip, 0, 2 * rows);
            }
            block.put(i, 0, strip, 0, rows * stride);
        }
    }

    private void drop(float[] row, int at, int layer, int b, int h, int t) {
        if (dropout.isOn()) {
            long number = ((long) b * heads + h) * length + t;
            dropout.apply(row, at, width(), Dropout.attention(layer), number, lowest);
        }
    }

    /** Where a query's run starts in its block; one that sees nothing has an empty run anywhere. */
    private int from(int query) {
        return Math.max(0, mask.from()[query] - lowest);
    }

    private int to(int query) {
        return Math.max(0, mask.to()[query] - lowest);
    }

    private int width() {
        int unit = RowKernels.SOFTMAX_WIDTH;
        return (highest - lowest + unit - 1) / unit * unit;
    }

    private long keptAt(int layer, int b, int h, int t) {
        return layer * keptOfLayer + ((long) b * heads + h) * length + t;
    }

    /** Sets a head's column of some positions to 0. */
    private void zero(Matrix matrix, int b, int from, int to, int column) {
        for (int t = from; t < to; t++) {
            matrix.put((long) b * length + t, column, zeros, 0, headDim);
        }
    }

    /** dQkv from the gradient of what {@link #mix} gave for the same batch. */
    void backward(int layer, Matrix qkv, Matrix dMixed, Matrix dQkv) {
        for (int b = 0; b < mask.rows(); b++) {
            for (int h = 0; h < heads; h++) {
                if (h % group == 0) {
                    setFrom = 0;
                    setTo = 0;
                }
                // In a triangle the last block sees every key: it sets their gradients, and the others add.
                for (int first = (length - 1) / Scores.BLOCK * Scores.BLOCK; first >= 0; first -= Scores.BLOCK) {
                    int m = Math.min(Scores.BLOCK, length - first);
                    look(b, first, m);
                    if (lowest < highest) {
                        backwardBlock(layer, qkv, dMixed, dQkv, b, h, first, m);
                    } else {
                        zero(dQkv, b, first, first + m, h * headDim);
                    }
                }
                if (h % group == group - 1) {
                    zeroKeys(dQkv, b, h, 0, setFrom);
                    zeroKeys(dQkv, b, h, setTo, length);
                }
            }
        }
    }

    private void backwardBlock(int layer, Matrix qkv, Matrix dMixed, Matrix dQkv, int b, int h, int first, int m) {
        long row = (long) b * length;
        int kvColumn = h / group * headDim;
        long query = qkv.at(row + first, h * headDim);
        long out = dMixed.at(row + first, h * headDim);
        Matrix p = scores.matrix(highest - lowest);
        Matrix ds = gradients.matrix(highest - lowest);
        score(qkv, b, h, first, m, p);
        long values = qkv.at(row + lowest, valueColumn + kvColumn);
        Gemm.nt(m, highest - lowest, headDim, 1, dMixed, out, qkv, values, 0, ds, ds.at(0, 0)); // -> (m, n)
        softmaxGradient(p, ds, layer, b, h, first, m);
        float beta = prepareKeys(dQkv, b, h);
        for (int key = lowest; key < highest; key += KEYS) {
            int n = Math.min(KEYS, highest - key);
            long keyAt = qkv.at(row + key, keyColumn + kvColumn);
            long dKey = dQkv.at(row + key, keyColumn + kvColumn);
            long dValue = dQkv.at(row + key, valueColumn + kvColumn);
            long dQuery = dQkv.at(row + first, h * headDim);
            long place = p.at(0, key - lowest);
            long dPlace = ds.at(0, key - lowest);
            float adding = key == lowest ? 0 : 1;
            Gemm.tn(n, headDim, m, 1, p, place, dMixed, out, beta, dQkv, dValue); // (m, n)^T, (m, D) -> (n, D)
            Gemm.tn(n, headDim, m, 1, ds, dPlace, qkv, query, beta, dQkv, dKey); // (m, n)^T, (m, D) -> (n, D)
            Gemm.nn(m, headDim, n, 1, ds, dPlace, qkv, keyAt, adding, dQkv, dQuery); // (m, n), (n, D) -> (m, D)
        }
    }

    /**
     * What the gradients of a block's keys and values are multiplied by before the block is added: 0 when none have been set
     * yet, else 1, and 0 is written where none have.
     */
    private float prepareKeys(Matrix dQkv, int b, int h) {
        if (setFrom == setTo) {
            setFrom = lowest;
            setTo = highest;
            return 0;
        }
        zeroKeys(dQkv, b, h, lowest, setFrom);
        zeroKeys(dQkv, b, h, setTo, highest);
        setFrom = Math.min(setFrom, lowest);
        setTo = Math.max(setTo, highest);
        return 1;
    }

    private void zeroKeys(Matrix dQkv, int b, int h, int from, int to) {
        zero(dQkv, b, from, to, keyColumn + h / group * headDim);
        zero(dQkv, b, from, to, valueColumn + h / group * headDim);
    }

    private void softmaxGradient(Matrix p, Matrix ds, int layer, int b, int h, int first, int m) {
        int stride = p.columns();
        int most = Scores.rows(p);
        for (int i = 0; i < m; i += most) {
            int rows = Math.min(most, m - i);
            p.get(i, 0, strip, 0, rows * stride);
            ds.get(i, 0, dStrip, 0, rows * stride);
            kept.get(keptAt(layer, b, h, first + i), 0, keptStrip, 0, 2 * rows);
            for (int r = 0; r < rows; r++) {
                int query = b * length + first + i + r;
                drop(dStrip, r * stride, layer, b, h, first + i + r); // gradient of the kept -> gradient of p
                kernels.softmaxGradient(
                        strip, dStrip, r * stride, from(query), to(query), width(), keptStrip, 2 * r, scale);
                drop(strip, r * stride, layer, b, h, first + i + r); // p -> what was kept of it
            }
            p.put(i, 0, strip, 0, rows * stride);
            ds.put(i, 0, dStrip, 0, rows * stride);
        }
    }
}
