package kindling.model.train;

import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.layer.Dropout;
import kindling.model.layer.Parameters;
import kindling.model.layer.SelfAttention;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * A batch forward to its loss and, where it is planned to go there, back to the gradients. Knows neither updates nor what they need.
 *
 * <p>N tokens, V ids, C width.
 */
final class Network implements AutoCloseable {
    private final Arena activations = new Arena();
    private final Transformer transformer;
    private final SelfAttention attention;
    private final Dropout dropout;
    private final CrossEntropy loss;
    private final Matrix dHidden;
    private final Matrix dStream;

    /** @param scratch what others may use between two batches */
    Network(
            Limits limits,
            TrainingSettings settings,
            boolean goesBack,
            Parameters parameters,
            Arena scratch,
            RowKernels kernels) {
        TransformerConfig config = limits.config();
        int maxTokens = limits.tokens();
        this.dropout = new Dropout(settings.dropout(), settings.seed(), config.width(), kernels);
        if (goesBack) {
            this.transformer = Transformer.trainable(
                    config, parameters, activations, maxTokens, kernels, settings.recompute(), dropout);
            this.attention = new SelfAttention(config, activations, maxTokens, limits.length(), kernels, dropout);
        } else {
            this.transformer = Transformer.inference(config, parameters, activations, maxTokens, kernels);
            this.attention = SelfAttention.inference(config, activations, maxTokens, limits.length(), kernels);
        }
        this.loss = CrossEntropy.of(config, scratch, maxTokens, kernels);
        int tokensBack = goesBack ? maxTokens : 0;
        this.dHidden = scratch.matrix(tokensBack, config.width());
        this.dStream = scratch.matrix(tokensBack, config.width());
    }

    void allocate() {
        activations.allocate();
    }

    /** Of its activations, outside the heap. */
    long bytes() {
        return activations.bytes();
    }

    /** Decides what dropout draws. */
    void seed(long seed) {
        dropout.seed(seed);
    }

    /**
     * Adds the gradients of {@code weight} times the sum of a batch's losses, and returns that sum.
     *
     * @param step updates made so far, and {@code number} of the batch in this one: where dropout draws
     */
    double addGradients(Batch batch, float weight, long step, int number) {
        dropout.on(step, number);
        Matrix hidden = forward(batch);
        double lossSum = loss.lossAndGradient(transformer, hidden, batch, weight, dHidden);
        int tokens = batch.rows() * batch.length();
        transformer.backward(batch.inputs(), batch.positions(), tokens, attention, dHidden, dStream);
        return lossSum;
    }

    /** The sum of each row's losses. */
    double[] losses(Batch batch) {
        dropout.off();
        double[] sums = new double[batch.rows()];
        loss.loss(transformer, forward(batch), batch, sums);
        return sums;
    }

    /** The logits (N, V) of a whole batch, in memory of their own. */
    float[] logits(Batch batch) {
        dropout.off();
        return loss.logits(transformer, forward(batch), batch.rows() * batch.length());
    }

    /** Normed hidden states (N, C) of the batch. */
    private Matrix forward(Batch batch) {
        int tokens = batch.rows() * batch.length();
        attention.see(batch.mask());
        return transformer.forward(batch.inputs(), batch.positions(), tokens, attention);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        activations.close();
    }
}
