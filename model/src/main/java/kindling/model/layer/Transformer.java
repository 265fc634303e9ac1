package kindling.model.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.PackedMatrix;
import kindling.model.tensor.Panels;
import kindling.model.tensor.RowKernels;

/**
 * The whole network from ids to logits, and back: embedding, layers, norm, head.
 *
 * <p>N tokens, C width, V ids. Tokens are rows in any order; which of them see each other is the business of the {@link
 * Mixing} that is passed in.
 *
 * <pre>{@code
 * Matrix hidden = transformer.forward(ids, positions, tokens, mixing);   // (N, C)
 * transformer.logits(hidden, 0, tokens, logits);                         // (N, V)
 * }</pre>
 *
 * <p>Built in two steps: the constructor reserves what it needs in the arena, which its owner then allocates. Belongs
 * to one thread.
 */
public final class Transformer {

    private static final int PIECE = 4096;

    private final TransformerConfig config;
    private final int maxTokens;
    private final RowKernels kernels;
    private final Dropout dropout;
    private final Embedding embedding;
    private final List<Layer> layers = new ArrayList<>();
    private final Norm norm;
    private final Matrix head;
    private final Optional<PackedMatrix> packedHead;
    private final Optional<Panels> panels;
    private final Matrix headGradient;
    /** Residual stream before layer i; the last is the input of the final norm. */
    private final Matrix[] streams;

    private final Matrix normed;
    /** Gradients of one layer in training; its activations in inference. */
    private final Activations scratch;

    private final Keeping keeping;
    /** What sums of rows are multiplied with. */
    private final Matrix ones;

    private boolean filled;
    private final float[] logitRow;

    /** What forward keeps for backward. */
    private enum Keeping {
        /** Every activation of every layer. */
        ALL,
        /** The residual stream between layers; the rest is computed again, layer by layer (Chen et al., 2016). */
        STREAMS,
        /** Nothing: there is no backward. */
        NONE
    }

    private Transformer(
            TransformerConfig config,
            Parameters parameters,
            Arena arena,
            int maxTokens,
            RowKernels kernels,
            Dropout dropout,
            Keeping keeping,
            Optional<Panels> panels) {
        Gemm.oneThread();
        this.config = config;
        this.maxTokens = maxTokens;
        this.keeping = keeping;
        this.dropout = dropout;
        this.kernels = kernels;
        this.logitRow = new float[config.logitSoftCap() > 0 ? config.vocabularySize() : 0];
        this.embedding = new Embedding(config, parameters, kernels);
        this.norm = Norm.of(config, parameters, Layout.FINAL_NORM, arena, maxTokens, kernels);
        String headName = config.tiedHead() ? Layout.TOKEN_EMBEDDING : Layout.HEAD;
        this.head = parameters.value(headName);
        this.packedHead = parameters.packed(headName);
        this.panels = panels;
        this.headGradient = parameters.gradient(headName);
        this.streams = new Matrix[config.layers() + 1];
        this.streams[0] = arena.matrix(maxTokens, config.width());
        this.normed = arena.matrix(maxTokens, config.width());
        this.scratch = keeping == Keeping.NONE
                ? Activations.inPlace(config, arena, maxTokens, streams[0])
                : Activations.gradients(config, arena, maxTokens, streams[0]);
        this.ones = arena.matrix(1, maxTokens);
        Optional<Rotary> rotary = Rotary.of(config, kernels);
        Activations shared = keeping == Keeping.STREAMS ? Activations.reserve(config, arena, maxTokens) : scratch;
        for (int i = 0; i < config.layers(); i++) {
            Activations own = keeping == Keeping.ALL ? Activations.reserve(config, arena, maxTokens) : shared;
            streams[i + 1] = keeping == Keeping.NONE ? streams[0] : arena.matrix(maxTokens, config.width());
            layers.add(new Layer(
                    i,
                    config,
                    parameters,
                    arena,
                    maxTokens,
                    kernels,
                    rotary,
                    dropout,
                    own,
                    streams[i + 1],
                    ones,
                    panels));
        }
    }

    /**
     * A network that remembers what {@link #backward} needs, for up to {@code maxTokens} tokens at a time.
     *
     * @param recompute whether to remember the residual stream between layers only, and to compute the rest again on the way
     *     back: a third more work, and the activations of one layer in memory instead of all; the same bits
     */
    public static Transformer trainable(
            TransformerConfig config,
            Parameters parameters,
            Arena arena,
            int maxTokens,
            RowKernels kernels,
            boolean recompute) {
        return trainable(config, parameters, arena, maxTokens, kernels, recompute, Dropout.none());
    }

    /** The same with a share of the embeddings and of what each branch adds dropped while {@code dropout} is on. */
    public static Transformer trainable(
            TransformerConfig config,
            Parameters parameters,
            Arena arena,
            int maxTokens,
            RowKernels kernels,
            boolean recompute,
            Dropout dropout) {
        Keeping keeping = recompute ? Keeping.STREAMS : Keeping.ALL;
        return new Transformer(config, parameters, arena, maxTokens, kernels, dropout, keeping, Optional.empty());
    }

    /** A network that remembers everything that {@link #backward} needs. */
    public static Transformer trainable(
            TransformerConfig config, Parameters parameters, Arena arena, int maxTokens, RowKernels kernels) {
        return trainable(config, parameters, arena, maxTokens, kernels, false);
    }

    /** A network for forward only, in the memory of one layer; the gradients of {@code parameters} are not touched. */
    public static Transformer inference(
            TransformerConfig config, Parameters parameters, Arena arena, int maxTokens, RowKernels kernels) {
        return new Transformer(
                config, parameters, arena, maxTokens, kernels, Dropout.none(), Keeping.NONE, Optional.empty());
    }

    /**
     * A network for forward only that reads shared parameters where they lie. What it gives for a token depends on the token and
     * on what it sees alone, to the bit, and not on the tokens beside it.
     *
     * @param parameters of {@code shared}
     */
    public static Transformer shared(
            PackedParameters shared, Parameters parameters, Arena arena, int maxTokens, RowKernels kernels) {
        TransformerConfig config = shared.config();
        int widest = Math.max(config.innerWidth(), config.queryWidth() + 2 * config.keyValueWidth());
        Panels panels = new Panels(maxTokens, shared.mostInputs(), Math.max(widest, config.width()), kernels);
        return new Transformer(
                config, parameters, arena, maxTokens, kernels, Dropout.none(), Keeping.NONE, Optional.of(panels));
    }

    /**
     * The normed hidden states of {@code tokens} tokens: (N, C), valid until the next call.
     *
     * @param ids token ids
     * @param positions of each within its sequence, from 0
     * @throws IllegalArgumentException when an id is not in the vocabulary or a position not in the context
     */
    public Matrix forward(int[] ids, int[] positions, int tokens, Mixing mixing) {
        requireInside(ids, positions, tokens);
        embedding.forward(ids, positions, streams[0], tokens); // (N) -> (N, C)
        if (dropout.isOn()) {
            dropout.apply(streams[0], streams[0], Dropout.embedding(), tokens);
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).forward(streams[i], positions, tokens, mixing);
        }
        norm.forward(streams[layers.size()], normed, tokens);
        return normed;
    }

    private void requireInside(int[] ids, int[] positions, int tokens) {
        if (tokens > maxTokens) {
            throw new IllegalArgumentException(tokens + " tokens at once, planned for " + maxTokens);
        }
        for (int t = 0; t < tokens; t++) {
            if (ids[t] < 0 || ids[t] >= config.vocabularySize()) {
                throw new IllegalArgumentException("token id must be 0.." + (config.vocabularySize() - 1) + ", got "
                        + ids[t] + ": the ids come from another tokenizer than the model");
            }
            if (positions[t] < 0 || positions[t] >= config.contextLength()) {
                throw new IllegalArgumentException("position must be 0.." + (config.contextLength() - 1) + ", got "
                        + positions[t] + ": the sequence is longer than the model's context");
            }
        }
    }

    /** Rows that products work on for so many tokens, in a network of shared parameters. */
    public int filled(int tokens) {
        return panels.orElseThrow().filled(tokens);
    }

    /** logits (rows, V) of the hidden states from row {@code first} on. */
    public void logits(Matrix hidden, long first, int rows, Matrix logits) {
        int vocabulary = config.vocabularySize();
        long from = hidden.at(first, 0);
        Gemm.nt(
                rows,
                vocabulary,
                config.width(),
                1,
                hidden,
                from,
                head,
                head.at(0, 0),
                0,
                logits,
                logits.at(0, 0)); // (rows, C) -> (rows, V)
        if (config.logitSoftCap() > 0) {
            for (int i = 0; i < rows; i++) {
                logits.get(i, logitRow);
                kernels.softCap(logitRow, vocabulary, (float) config.logitSoftCap());
                logits.put(i, logitRow);
            }
        }
    }

    /** logits (rows, V) of the hidden states from row {@code first} on, in a network of shared parameters. */
    public void logits(Matrix hidden, long first, int rows, float[][] logits) {
        panels.orElseThrow().multiply(hidden, first, rows, packedHead.orElseThrow(), logits); // (rows, C) -> (rows, V)
        if (config.logitSoftCap() > 0) {
            for (int i = 0; i < rows; i++) {
                kernels.softCap(logits[i], config.vocabularySize(), (float) config.logitSoftCap());
            }
        }
    }

    /**
     * Gradient of {@link #logits}: overwrites rows of dHidden from {@code first} on, adds to the head's.
     *
     * @param dLogits (rows, V), the gradient of the logits before any soft-cap: {@link #uncap} makes it of that after
     */
    public void logitsBackward(Matrix hidden, long first, int rows, Matrix dLogits, Matrix dHidden) {
        int vocabulary = config.vocabularySize();
        int width = config.width();
        long from = hidden.at(first, 0);
        long d = dLogits.at(0, 0);
        long dFrom = dHidden.at(first, 0);
        Gemm.nn(
                rows,
                width,
                vocabulary,
                1,
                dLogits,
                d,
                head,
                head.at(0, 0),
                0,
                dHidden,
                dFrom); // (rows, V) -> (rows, C)
        Gemm.tn(vocabulary, width, rows, 1, dLogits, d, hidden, from, 1, headGradient, headGradient.at(0, 0));
    }

    /** Turns the gradient of one row of logits into that of the row before the soft-cap, if the model has one. */
    public void uncap(float[] logits, float[] gradient) {
        if (config.logitSoftCap() > 0) {
            kernels.softCapGradient(logits, gradient, gradient.length, (float) config.logitSoftCap());
        }
    }

    /**
     * Adds the gradients of all parameters, the head's apart, for the batch of the last {@link #forward}.
     *
     * @param dHidden (N, C) gradient of the hidden states
     * @param dx (N, C) overwritten
     */
    public void backward(int[] ids, int[] positions, int tokens, SelfAttention attention, Matrix dHidden, Matrix dx) {
        fillOnes();
        dx.zero(tokens);
        norm.backward(streams[layers.size()], dHidden, dx, tokens);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            if (keeping == Keeping.STREAMS) {
                layer.inside(streams[i], positions, tokens, attention);
            }
            layer.backward(streams[i], dx, positions, tokens, attention, scratch);
        }
        if (dropout.isOn()) {
            dropout.apply(dx, dx, Dropout.embedding(), tokens);
        }
        embedding.backward(ids, positions, dx, tokens);
    }

    private void fillOnes() {
        if (!filled) {
            float[] piece = new float[Math.min(maxTokens, PIECE)];
            Arrays.fill(piece, 1f);
            for (long at = 0; at < maxTokens; at += PIECE) {
                ones.put(0, (int) at, piece, 0, (int) Math.min(PIECE, maxTokens - at));
            }
            filled = true;
        }
    }
}
