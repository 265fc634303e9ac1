package kindling.model.generate;

import java.util.Arrays;
import java.util.List;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;
import kindling.model.layer.Parameters;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * One model's forward pass over a cache, for any tokens of any texts at a time.
 *
 * <p>A library's matrix product chooses its order of summation by the number of rows, and a row's last bits with it. Here every
 * sum is taken from its first product to its last, whatever stands beside it, so that neither the batch's size nor its order
 * nor its company can show in a result, and a position gives the same whether it was read with others or alone. What that
 * costs: sums in this order run at nine tenths of the speed of OpenBLAS's (142 of 155 GFLOP/s, one core of an Intel Xeon with
 * AVX-512), and 5 to 7 rows take as long as 8. The weights are read from memory once for each pass.
 *
 * <p>N tokens of a pass, C width, V vocabulary size. Belongs to one thread.
 */
final class Decoder implements AutoCloseable {
    /** Tokens of a pass: the weights are read for so many at once, and the memory for activations is bounded. */
    static final int MOST = 512;

    private final PackedParameters shared;
    private final Parameters parameters;
    private final Arena arena = new Arena();
    private final Transformer transformer;
    private final CachedAttention attention;
    private final int[] slots = new int[MOST];
    private final int[] ids = new int[MOST];
    private final int[] positions = new int[MOST];
    private int tokens;
    private long tokensRead;
    private long rowsMultiplied;

    /** A part of a text that goes into a slot of the cache: the positions from, inclusive, to, exclusive. */
    record Part(int slot, Sequence sequence, int from, int to) {}

    /** @throws IllegalStateException when there is not enough memory */
    Decoder(PackedParameters shared, RowKernels kernels) {
        this.shared = shared;
        this.parameters = new Parameters(shared);
        this.transformer = Transformer.shared(shared, parameters, arena, MOST, kernels);
        this.attention = new CachedAttention(shared.config(), kernels);
        try {
            parameters.allocate(false);
            arena.allocate();
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** Puts parts of texts into the cache, all earlier positions of which are there already or go before them. */
    void read(KeyValueCache cache, List<Part> parts) {
        for (Part part : parts) {
            for (int position = part.from; position < part.to; position++) {
                take(part.slot, part.sequence, position);
                if (tokens == MOST) {
                    pass(cache);
                }
            }
        }
    }

    /** Ends what {@link #read} began, before the cache is looked at: otherwise the next step's pass takes along what is left of it. */
    void finish(KeyValueCache cache) {
        if (tokens > 0) {
            pass(cache);
        }
    }

    /**
     * What the model expects after the last id of each hypothesis, whose earlier positions were read before.
     *
     * @param slot the slot of each
     * @param sequences the hypotheses
     * @param to gets the logits, (hypotheses, V)
     */
    void step(KeyValueCache cache, int[] slot, Sequence[] sequences, float[][] to) {
        int end;
        for (int first = 0; first < sequences.length; first = end) {
            int before = tokens;
            end = Math.min(sequences.length, first + MOST - before);
            for (int i = first; i < end; i++) {
                take(slot[i], sequences[i], sequences[i].length() - 1);
            }
            Matrix hidden = pass(cache); // (N) -> (N, C)
            float[][] logits = Arrays.copyOfRange(to, first, end);
            transformer.logits(hidden, before, end - first, logits); // (N, C) -> (N, V)
        }
    }

    private void take(int slot, Sequence sequence, int position) {
        slots[tokens] = slot;
        ids[tokens] = sequence.id(position);
        positions[tokens] = position;
        tokens++;
    }

    private Matrix pass(KeyValueCache cache) {
        Matrix hidden = transformer.forward(
                ids,
                positions,
                tokens,
                (layer, qkv, mixed, n) -> attention.mix(cache, layer, slots, positions, qkv, mixed, n));
        tokensRead += tokens;
        rowsMultiplied += transformer.filled(tokens);
        tokens = 0;
        return hidden;
    }

    TransformerConfig config() {
        return shared.config();
    }

    /** Tokens that went through the network. */
    long tokensRead() {
        return tokensRead;
    }

    /** Rows that were multiplied for them. */
    long rowsMultiplied() {
        return rowsMultiplied;
    }

    @Override
    public void close() {
        arena.close();
        parameters.close();
    }
}
