package kindling.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The shape of a decoder-only transformer: everything that decides its parameters and its arithmetic. Each part is chosen by
 * itself; {@link #gpt2} and {@link #llama} choose as the two families do.
 *
 * <pre>{@code
 * TransformerConfig.preset("nano").withVocabularySize(512).parameterCount()   // 892,032
 * }</pre>
 *
 * @param vocabularySize V, number of token ids
 * @param contextLength T, most positions of one sequence
 * @param layers L
 * @param heads H, query heads
 * @param keyValueHeads K, heads of keys and values; query head h reads key/value head floor(h / (H / K))
 * @param headDim D, width of a head; even where positions are rotary, whose rotation works on pairs
 * @param width C, width of the residual stream
 * @param hidden F, width inside the feed-forward network
 * @param positions learned or rotary
 * @param normalization layer norm or RMS norm, before each half of a layer and before the head
 * @param normEpsilon added to the variance (or mean square) inside the root of a norm
 * @param nonlinearity function inside the feed-forward network
 * @param gated whether the function's values multiply a second projection (SwiGLU and its kind)
 * @param biases which parts have them
 * @param queryKeyNorm whether each head's queries and keys pass through an RMS norm of their own before they turn (Henry et
 *     al., 2020; Qwen 3)
 * @param tiedHead whether the output head is the token embedding
 * @param logitSoftCap c of logits c tanh(x / c), 0 for logits as they are (Gemma 2)
 * @param endId id of the end-of-text token, or -1 when the model has none. A file that lists several keeps its first alone, and is
 *     written without the others, and without a first token of its own unless it is GPT-2's
 */
public record TransformerConfig(
        int vocabularySize,
        int contextLength,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        int width,
        int hidden,
        Positions positions,
        Normalization normalization,
        double normEpsilon,
        Nonlinearity nonlinearity,
        boolean gated,
        Biases biases,
        boolean queryKeyNorm,
        boolean tiedHead,
        double logitSoftCap,
        int endId) {

    /** No dimension of a real model comes near; keeps products inside a long when a file is hostile. */
    private static final int LARGEST_DIMENSION = 1 << 24;
    // Each layer and head costs memory of its own before any parameter does.
    private static final int MOST_LAYERS = 1 << 12;
    private static final int MOST_HEADS = 1 << 16;

    private static final double EPSILON = 1e-5;
    private static final double THETA = 1e4;

    /**
     * @throws IllegalArgumentException naming every value that cannot be, at once
     */
    public TransformerConfig {
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(nonlinearity, "nonlinearity");
        Objects.requireNonNull(biases, "biases");
        List<String> mistakes = new ArrayList<>();
        requireDimension(mistakes, "vocabularySize", vocabularySize);
        requireDimension(mistakes, "contextLength", contextLength);
        requireWithin(mistakes, "layers", layers, MOST_LAYERS);
        requireWithin(mistakes, "heads", heads, MOST_HEADS);
        requireWithin(mistakes, "keyValueHeads", keyValueHeads, MOST_HEADS);
        requireDimension(mistakes, "headDim", headDim);
        requireDimension(mistakes, "width", width);
        requireDimension(mistakes, "hidden", hidden);
        require(
                mistakes,
                (long) Math.max(heads, keyValueHeads) * headDim <= LARGEST_DIMENSION,
                "heads * headDim must be at most " + LARGEST_DIMENSION + ", got " + heads + " heads, " + keyValueHeads
                        + " keyValueHeads and headDim " + headDim);
        require(
                mistakes,
                keyValueHeads < 1 || heads % keyValueHeads == 0,
                "heads must be a multiple of keyValueHeads, got " + heads + " and " + keyValueHeads);
        if (positions instanceof Positions.Rotary rotary) {
            require(mistakes, headDim % 2 == 0, "headDim must be even for rotary positions, got " + headDim);
            require(
                    mistakes,
                    rotary.theta() > 0 && Double.isFinite(rotary.theta()),
                    "theta of rotary positions must be > 0, got " + rotary.theta());
        }
        require(
                mistakes,
                normEpsilon > 0 && normEpsilon < 1,
                "normEpsilon must lie between 0 and 1, got " + normEpsilon);
        require(
                mistakes,
                normalization == Normalization.LAYER || !biases.norms(),
                "an RMS norm has no bias: biases of norms need layer norms");
        require(
                mistakes,
                logitSoftCap >= 0 && Double.isFinite(logitSoftCap),
                "logitSoftCap must be > 0, or 0 for none, got " + logitSoftCap);
        require(
                mistakes,
                endId >= -1 && endId < vocabularySize,
                "endId must be -1 (none) or an id below vocabularySize " + vocabularySize + ", got " + endId);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("not a transformer: " + String.join("; ", mistakes));
        }
    }

    private static void require(List<String> mistakes, boolean holds, String mistake) {
        if (!holds) {
            mistakes.add(mistake);
        }
    }

    private static void requireDimension(List<String> mistakes, String name, int value) {
        requireWithin(mistakes, name, value, LARGEST_DIMENSION);
    }

    private static void requireWithin(List<String> mistakes, String name, int value, int most) {
        require(mistakes, value >= 1 && value <= most, name + " must be 1.." + most + ", got " + value);
    }

    /**
     * GPT-2's choices (Radford et al., 2019): learned positions, layer norm, GELU in its tanh form of width 4 C, biases, tied
     * head.
     */
    public static TransformerConfig gpt2(int vocabularySize, int contextLength, int layers, int heads, int width) {
        return new TransformerConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                heads,
                Math.max(1, width / Math.max(1, heads)),
                width,
                4 * width,
                Positions.learned(),
                Normalization.LAYER,
                EPSILON,
                Nonlinearity.GELU_TANH,
                false,
                Biases.all(),
                false,
                true,
                0,
                -1);
    }

    /**
     * Llama's choices (Touvron et al., 2023): rotary positions, RMS norm, SwiGLU, no biases; a tied head, as its small
     * relatives have it.
     *
     * @param hidden F; about 8/3 C has the parameters of a plain network of width 4 C
     */
    public static TransformerConfig llama(
            int vocabularySize, int contextLength, int layers, int heads, int width, int hidden) {
        return new TransformerConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                heads,
                Math.max(1, width / Math.max(1, heads)),
                width,
                hidden,
                Positions.rotary(THETA),
                Normalization.RMS,
                EPSILON,
                Nonlinearity.SILU,
                true,
                Biases.none(),
                false,
                true,
                0,
                -1);
    }

    /**
     * A named shape. Its vocabulary size is a placeholder: {@link #withVocabularySize} sets the tokenizer's.
     *
     * @throws IllegalArgumentException for an unknown name, listing the known ones
     */
    public static TransformerConfig preset(String name) {
        return Presets.get(name);
    }

    /** Names that {@link #preset} knows, in alphabetical order. */
    public static Set<String> presets() {
        return Presets.names();
    }

    /**
     * Reads a Hugging Face {@code config.json} of {@code model_type} gpt2, llama, mistral, qwen2 or qwen3, or one of ours.
     *
     * @throws IllegalArgumentException when it is not JSON, lacks a field, or asks for arithmetic that is not ours
     */
    public static TransformerConfig fromJson(String json) {
        return ConfigReader.read(json);
    }

    /** This shape as {@code config.json}, of the {@link #modelType}. */
    public String toJson() {
        return ConfigWriter.write(this);
    }

    /**
     * What other tools call a model of this shape: the {@code model_type} of a Hugging Face class that computes the same, or
     * {@code kindling} where there is none.
     */
    public String modelType() {
        return ConfigWriter.modelType(this);
    }

    /** A builder that starts from this shape. */
    public ConfigBuilder toBuilder() {
        return new ConfigBuilder(this);
    }

    /** The same shape for a tokenizer of another size; an end id that it does not reach becomes none. */
    public TransformerConfig withVocabularySize(int newSize) {
        return toBuilder()
                .vocabularySize(newSize)
                .endId(endId < newSize ? endId : -1)
                .build();
    }

    /** The same shape for sequences of at most {@code newLength} positions. */
    public TransformerConfig withContextLength(int newLength) {
        return toBuilder().contextLength(newLength).build();
    }

    /** The same shape, ending texts with {@code newId} (-1: with nothing). */
    public TransformerConfig withEndId(int newId) {
        return toBuilder().endId(newId).build();
    }

    /** Width of all query heads together, H D. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Width of all key heads together, K D; the values have the same. */
    public int keyValueWidth() {
        return keyValueHeads * headDim;
    }

    /** Width of what goes into the nonlinearity: F, or 2 F where it is gated. */
    public int innerWidth() {
        return gated ? 2 * hidden : hidden;
    }

    /** Number of parameters, every tensor once: a tied head adds none. */
    public long parameterCount() {
        return Layout.of(this).size();
    }

    /**
     * Operations of forward and backward, for a token: 6 N + 12 L H D T, with N all parameters but the position table, which is
     * looked up and not multiplied (Kaplan et al., 2020, "Scaling Laws for Neural Language Models", §2.1; the attention's scores
     * added).
     *
     * @param length T, positions of a sequence
     */
    public double flopsPerToken(int length) {
        long looked = positions instanceof Positions.Learned ? (long) contextLength * width : 0;
        return 6.0 * (parameterCount() - looked) + 12.0 * layers * queryWidth() * length;
    }
}
