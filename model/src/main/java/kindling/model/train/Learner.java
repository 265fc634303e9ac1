package kindling.model.train;

import kindling.model.Batch;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.layer.SelfAttention;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * One replica that learns: parameters, gradients, moments and activations, planned once. No step takes memory.
 *
 * <pre>{@code
 * try (Learner learner = new Learner(config, AdamW.defaults(), 4, 256)) {
 *     learner.parameters(Weights.initial(config, seed));
 *     Step step = learner.step(batch, schedule.rate(learner.step()));
 * }
 * }</pre>
 *
 * <p>Belongs to one thread and works on it alone. Any number of learners may run beside each other; each gives the bits
 * that it would give alone.
 */
public final class Learner implements AutoCloseable {

    private final TransformerConfig config;
    private final int maxRows;
    private final int maxLength;
    private final Parameters parameters;
    private final Optimiser optimiser;
    private final Arena activations = new Arena();
    private final Transformer transformer;
    private final SelfAttention attention;
    private final CrossEntropy loss;
    private final Matrix dHidden;
    private final Matrix dStream;

    /**
     * Takes the memory for batches of up to {@code maxRows} rows of {@code maxLength} positions; all parameters are 0.
     *
     * @throws IllegalArgumentException when maxLength exceeds the model's context
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public Learner(TransformerConfig config, AdamW optimiser, int maxRows, int maxLength) {
        this(config, optimiser, maxRows, maxLength, RowKernels.create());
        try {
            parameters.allocate(true);
            this.optimiser.allocate();
            activations.allocate();
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    private Learner(TransformerConfig config, AdamW optimiser, int maxRows, int maxLength, RowKernels kernels) {
        if (maxRows < 1 || maxLength < 1 || maxLength > config.contextLength()) {
            throw new IllegalArgumentException("a learner needs rows >= 1 of 1.." + config.contextLength()
                    + " positions (the model's context), got " + maxRows + " x " + maxLength);
        }
        int maxTokens = Math.multiplyExact(maxRows, maxLength);
        this.config = config;
        this.maxRows = maxRows;
        this.maxLength = maxLength;
        this.parameters = new Parameters(Layout.of(config));
        this.optimiser = new Optimiser(optimiser, parameters, kernels);
        this.transformer = Transformer.trainable(config, parameters, activations, maxTokens, kernels);
        this.attention = new SelfAttention(config, activations, maxTokens, maxLength, kernels);
        this.loss = CrossEntropy.of(config, activations, maxTokens, kernels);
        this.dHidden = activations.matrix(maxTokens, config.width());
        this.dStream = activations.matrix(maxTokens, config.width());
    }

    /** Bytes outside the heap that a learner of this size takes. */
    public static long plannedBytes(TransformerConfig config, int maxRows, int maxLength) {
        try (Learner plan = new Learner(config, AdamW.defaults(), maxRows, maxLength, RowKernels.create())) {
            return 2 * plan.parameters.bytes() + plan.optimiser.bytes() + plan.activations.bytes();
        }
    }

    /**
     * Sets all parameters, in the order of {@link Layout}.
     *
     * @throws IllegalArgumentException when their number is not the model's
     */
    public void parameters(float[] theta) {
        requireSize(theta, "parameters");
        parameters.values().put(0, theta);
    }

    /** A copy of all parameters, in the order of {@link Layout}. */
    public float[] parameters() {
        return copy(parameters.values());
    }

    /**
     * Sets the optimiser's state: with it and the parameters, training goes on as if it had never stopped.
     *
     * @param m first moments, in the order of {@link Layout}
     * @param v second moments
     * @param step updates made so far
     * @throws IllegalArgumentException when their numbers are not the model's, or step < 0
     */
    public void moments(float[] m, float[] v, long step) {
        requireSize(m, "first moments");
        requireSize(v, "second moments");
        if (step < 0) {
            throw new IllegalArgumentException("step must be >= 0, got " + step);
        }
        optimiser.firstMoments().put(0, m);
        optimiser.secondMoments().put(0, v);
        optimiser.step(step);
    }

    /** A copy of the optimiser's running mean of gradients. */
    public float[] firstMoments() {
        return copy(optimiser.firstMoments());
    }

    /** A copy of the optimiser's running mean of squared gradients. */
    public float[] secondMoments() {
        return copy(optimiser.secondMoments());
    }

    /** Updates made so far. */
    public long step() {
        return optimiser.step();
    }

    /** A copy of the gradients that the last {@link #step} or {@link #gradients(Batch)} left, before clipping. */
    float[] gradients() {
        return copy(parameters.gradients());
    }

    private float[] copy(Matrix values) {
        float[] copy = new float[Math.toIntExact(parameters.layout().size())];
        values.get(0, copy);
        return copy;
    }

    private void requireSize(float[] values, String name) {
        if (values.length != parameters.layout().size()) {
            throw new IllegalArgumentException(
                    "this model has " + parameters.layout().size() + " parameters, got " + values.length + " " + name);
        }
    }

    /**
     * One update by the mean loss over the batch's targets. A batch without any target, or with a gradient that is not
     * finite, changes nothing: {@code targets} is 0, or {@code gradientNorm} not finite.
     *
     * @throws IllegalArgumentException when the batch is larger than planned or an id is not in the vocabulary
     */
    public Step step(Batch batch, double learningRate) {
        int targets = batch.targetCount();
        double lossSum = gradients(batch);
        double norm = targets == 0 ? 0 : optimiser.update(learningRate);
        return new Step(lossSum, targets, norm);
    }

    /** Sets the gradients to those of the batch's mean loss, and returns the sum of its losses. */
    double gradients(Batch batch) {
        requireFits(batch);
        parameters.gradients().zero(1);
        int targets = batch.targetCount();
        if (targets == 0) {
            return 0;
        }
        int tokens = batch.rows() * batch.length();
        Matrix hidden = forward(batch);
        double lossSum = loss.lossAndGradient(transformer, hidden, batch, targets, dHidden);
        transformer.backward(batch.inputs(), batch.positions(), tokens, attention, dHidden, dStream);
        return lossSum;
    }

    /**
     * The loss of a batch, without an update.
     *
     * @throws IllegalArgumentException as {@link #step}
     */
    public Step evaluate(Batch batch) {
        double sum = 0;
        for (double row : evaluateRows(batch)) {
            sum += row;
        }
        return new Step(sum, batch.targetCount(), 0);
    }

    /**
     * The loss of each row: the sum of -ln p over its targets, in nats.
     *
     * @throws IllegalArgumentException as {@link #step}
     */
    public double[] evaluateRows(Batch batch) {
        requireFits(batch);
        double[] sums = new double[batch.rows()];
        loss.loss(transformer, forward(batch), batch, sums);
        return sums;
    }

    /** The logits (N, V) of a whole batch, in memory of their own. */
    float[] logits(Batch batch) {
        requireFits(batch);
        return loss.logits(transformer, forward(batch), batch.rows() * batch.length());
    }

    /** Normed hidden states (N, C) of the batch. */
    private Matrix forward(Batch batch) {
        int tokens = batch.rows() * batch.length();
        attention.see(batch.mask());
        return transformer.forward(batch.inputs(), batch.positions(), tokens, attention);
    }

    private void requireFits(Batch batch) {
        if (batch.rows() > maxRows || batch.length() > maxLength) {
            throw new IllegalArgumentException("the batch is " + batch.rows() + " x " + batch.length()
                    + ", this learner was planned for " + maxRows + " x " + maxLength);
        }
        for (int target : batch.targets()) {
            if (target != Batch.IGNORED && (target < 0 || target >= config.vocabularySize())) {
                throw new IllegalArgumentException("target must be " + Batch.IGNORED + " (ignored) or 0.."
                        + (config.vocabularySize() - 1) + ", got " + target);
            }
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        parameters.close();
        optimiser.close();
        activations.close();
    }
}
