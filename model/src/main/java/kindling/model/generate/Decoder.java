package kindling.model.generate;

import java.util.Arrays;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.layer.CausalAttention;
import kindling.model.layer.Parameters;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * One model's forward pass over a cache, in shapes that depend on nothing but the hypothesis itself.
 *
 * <p>A matrix product's last bits depend on the number of its rows: the library picks another kernel, with another order of
 * summation, for 1, 3 or 16 of them. So the last ids of all hypotheses go through the network in blocks of exactly
 * {@value #BLOCK} rows, filled up with rows that nobody reads, and a prompt goes through alone, in chunks of {@value #CHUNK}.
 * Attention is a product of its own for each hypothesis. Then neither the batch's size nor its order nor its company can
 * show in a result. The cost: a single hypothesis takes as long as {@value #BLOCK}. For 4 layers of width 128 and 4,096 ids
 * that is 0.80 ms of products a step, where products of one row would take 0.22 ms (OpenBLAS 0.3.31, one core of an AMD
 * EPYC Zen 4).
 *
 * <p>N tokens of a pass, C width, V vocabulary size. Belongs to one thread.
 */
final class Decoder implements AutoCloseable {
    /** Where the library packs its operands, products of 8 rows take three quarters of the time of 16. */
    static final int BLOCK = 16;

    /** Positions of a prompt in one pass: enough for full speed of the products, and a bound on the memory. */
    static final int CHUNK = 128;

    private final TransformerConfig config;
    private final Parameters parameters;
    private final Arena arena = new Arena();
    private final Transformer transformer;
    private final CausalAttention attention;
    private final Matrix logits;
    private final int[] ids = new int[CHUNK];
    private final int[] positions = new int[CHUNK];

    /**
     * @param theta all parameters, in the order of {@link Layout}; copied
     * @throws IllegalArgumentException when theta has another length than the shape says
     * @throws IllegalStateException when there is not enough memory
     */
    Decoder(TransformerConfig config, float[] theta, RowKernels kernels) {
        Layout layout = Layout.of(config);
        if (theta.length != layout.size()) {
            throw new IllegalArgumentException(
                    "a model of this shape has " + layout.size() + " parameters, got " + theta.length);
        }
        this.config = config;
        this.parameters = new Parameters(layout);
        this.transformer = Transformer.inference(config, parameters, arena, CHUNK, kernels);
        this.attention = new CausalAttention(config, arena, config.contextLength(), kernels);
        this.logits = arena.matrix(BLOCK, config.vocabularySize());
        try {
            parameters.allocate(false);
            arena.allocate();
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
        parameters.values().put(0, 0, theta, 0, theta.length);
    }

    /** Fills a slot with the first {@code count} positions of a sequence. */
    void prefill(KeyValueCache cache, int slot, Sequence sequence, int count) {
        for (int first = 0; first < count; first += CHUNK) {
            int start = first;
            int tokens = Math.min(CHUNK, count - first);
            for (int i = 0; i < tokens; i++) {
                ids[i] = sequence.id(start + i);
                positions[i] = start + i;
            }
            transformer.forward(
                    ids,
                    positions,
                    tokens,
                    (layer, qkv, mixed, n) -> mixChunk(cache, slot, start, layer, qkv, mixed, n));
        }
    }

    private void mixChunk(KeyValueCache cache, int slot, int start, int layer, Matrix qkv, Matrix mixed, int tokens) {
        for (int i = 0; i < tokens; i++) {
            cache.store(layer, slot, start + i, qkv, i);
        }
        attend(cache, slot, tokens, start + tokens, layer, qkv, 0, mixed);
    }

    /**
     * What the model expects after the last id of each hypothesis, whose earlier positions are in the cache already.
     *
     * @param slots the slot of each
     * @param sequences the hypotheses
     * @param to gets the logits, (hypotheses, V)
     */
    void step(KeyValueCache cache, int[] slots, Sequence[] sequences, float[][] to) {
        for (int first = 0; first < sequences.length; first += BLOCK) {
            int start = first;
            int rows = Math.min(BLOCK, sequences.length - first);
            Arrays.fill(ids, 0, BLOCK, 0);
            Arrays.fill(positions, 0, BLOCK, 0);
            for (int i = 0; i < rows; i++) {
                ids[i] = sequences[start + i].last();
                positions[i] = sequences[start + i].length() - 1;
            }
            Matrix hidden = transformer.forward(
                    ids,
                    positions,
                    BLOCK,
                    (layer, qkv, mixed, n) -> mixRows(cache, slots, start, rows, layer, qkv, mixed)); // (N) -> (N, C)
            transformer.logits(hidden, 0, BLOCK, logits); // (N, C) -> (N, V)
            for (int i = 0; i < rows; i++) {
                logits.get(i, to[start + i]);
            }
        }
    }

    private void mixRows(KeyValueCache cache, int[] slots, int start, int rows, int layer, Matrix qkv, Matrix mixed) {
        for (int i = 0; i < rows; i++) {
            int slot = slots[start + i];
            cache.store(layer, slot, positions[i], qkv, i);
            attend(cache, slot, 1, positions[i] + 1, layer, qkv, i, mixed);
        }
    }

    /** The last {@code queries} of a slot's {@code seen} positions look at them; their rows begin at {@code token}. */
    private void attend(
            KeyValueCache cache, int slot, int queries, int seen, int layer, Matrix qkv, int token, Matrix mixed) {
        Matrix keys = cache.keys(layer);
        Matrix values = cache.values(layer);
        long place = cache.row(slot);
        attention.forward(
                queries,
                seen,
                qkv,
                qkv.at(token, 0),
                keys,
                keys.at(place, 0),
                values,
                values.at(place, 0),
                mixed,
                mixed.at(token, 0));
    }

    TransformerConfig config() {
        return config;
    }

    @Override
    public void close() {
        arena.close();
        parameters.close();
    }
}
