package kindling.model;

/**
 * Puts a {@link TransformerConfig} together part by part.
 *
 * <pre>{@code
 * TransformerConfig.preset("llama-nano").toBuilder().keyValueHeads(2).queryKeyNorm(true).build()
 * }</pre>
 *
 * <p>Each method sets the component of the same name and returns this builder.
 */
public final class ConfigBuilder {

    private int vocabularySize;
    private int contextLength;
    private int layers;
    private int heads;
    private int keyValueHeads;
    private int headDim;
    private int width;
    private int hidden;
    private Positions positions;
    private Normalization normalization;
    private double normEpsilon;
    private Nonlinearity nonlinearity;
    private boolean gated;
    private Biases biases;
    private boolean queryKeyNorm;
    private boolean tiedHead;
    private double logitSoftCap;
    private int endId;

    ConfigBuilder(TransformerConfig start) {
        vocabularySize = start.vocabularySize();
        contextLength = start.contextLength();
        layers = start.layers();
        heads = start.heads();
        keyValueHeads = start.keyValueHeads();
        headDim = start.headDim();
        width = start.width();
        hidden = start.hidden();
        positions = start.positions();
        normalization = start.normalization();
        normEpsilon = start.normEpsilon();
        nonlinearity = start.nonlinearity();
        gated = start.gated();
        biases = start.biases();
        queryKeyNorm = start.queryKeyNorm();
        tiedHead = start.tiedHead();
        logitSoftCap = start.logitSoftCap();
        endId = start.endId();
    }

    public ConfigBuilder vocabularySize(int value) {
        vocabularySize = value;
        return this;
    }

    public ConfigBuilder contextLength(int value) {
        contextLength = value;
        return this;
    }

    public ConfigBuilder layers(int value) {
        layers = value;
        return this;
    }

    public ConfigBuilder heads(int value) {
        heads = value;
        return this;
    }

    public ConfigBuilder keyValueHeads(int value) {
        keyValueHeads = value;
        return this;
    }

    public ConfigBuilder headDim(int value) {
        headDim = value;
        return this;
    }

    public ConfigBuilder width(int value) {
        width = value;
        return this;
    }

    public ConfigBuilder hidden(int value) {
        hidden = value;
        return this;
    }

    public ConfigBuilder positions(Positions value) {
        positions = value;
        return this;
    }

    public ConfigBuilder normalization(Normalization value) {
        normalization = value;
        return this;
    }

    public ConfigBuilder normEpsilon(double value) {
        normEpsilon = value;
        return this;
    }

    public ConfigBuilder nonlinearity(Nonlinearity value) {
        nonlinearity = value;
        return this;
    }

    public ConfigBuilder gated(boolean value) {
        gated = value;
        return this;
    }

    public ConfigBuilder biases(Biases value) {
        biases = value;
        return this;
    }

    public ConfigBuilder queryKeyNorm(boolean value) {
        queryKeyNorm = value;
        return this;
    }

    public ConfigBuilder tiedHead(boolean value) {
        tiedHead = value;
        return this;
    }

    public ConfigBuilder logitSoftCap(double value) {
        logitSoftCap = value;
        return this;
    }

    public ConfigBuilder endId(int value) {
        endId = value;
        return this;
    }

    /**
     * @throws IllegalArgumentException naming every value that cannot be, at once
     */
    public TransformerConfig build() {
        return new TransformerConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                keyValueHeads,
                headDim,
                width,
                hidden,
                positions,
                normalization,
                normEpsilon,
                nonlinearity,
                gated,
                biases,
                queryKeyNorm,
                tiedHead,
                logitSoftCap,
                endId);
    }
}
