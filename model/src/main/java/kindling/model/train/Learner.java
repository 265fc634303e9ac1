package kindling.model.train;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import kindling.model.Batch;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
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
 * <p>Where it does not update, it need not have all of that: {@link #forGradients} has no moments, {@link #forEvaluation} neither
 * moments nor gradients nor anything that is kept for the way back. All give the same losses and gradients, to the bit.
 *
 * <p>Belongs to one thread and works on it alone. Any number of learners may run beside each other; each gives the bits
 * that it would give alone.
 */
public final class Learner implements AutoCloseable {

    private final Purpose purpose;
    private final Limits limits;
    private final Parameters parameters;
    private final Moment values;
    private final Arena scratch = new Arena();
    private final Updates updates;
    private final Squares squares;
    private final Watch watch;
    private final Network network;
    /** Whether all gradients are 0, as an update leaves them. */
    private boolean cleared = true;

    /**
     * Takes the memory for batches of up to {@code maxRows} rows of {@code maxLength} positions; all parameters are 0.
     *
     * @throws IllegalArgumentException when maxLength exceeds the model's context
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public Learner(TransformerConfig config, TrainingSettings settings, int maxRows, int maxLength) {
        this(config, settings, maxRows, maxLength, RowKernels.create());
        allocate();
    }

    /** The same with an optimiser and nothing else that is special. */
    public Learner(TransformerConfig config, Optimiser optimiser, int maxRows, int maxLength) {
        this(config, TrainingSettings.of(optimiser), maxRows, maxLength);
    }

    /**
     * One that computes gradients for others to average and to update by: it has no moments, and neither optimiser nor guard of
     * the settings matter.
     *
     * @throws IllegalArgumentException when maxLength exceeds the model's context
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public static Learner forGradients(
            TransformerConfig config, TrainingSettings settings, int maxRows, int maxLength) {
        return new Learner(config, settings, maxRows, maxLength, Purpose.GRADIENTS, RowKernels.create()).allocate();
    }

    /**
     * One that only evaluates.
     *
     * @throws IllegalArgumentException when maxLength exceeds the model's context
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public static Learner forEvaluation(TransformerConfig config, int maxRows, int maxLength) {
        return new Learner(
                        config,
                        TrainingSettings.defaults(),
                        maxRows,
                        maxLength,
                        Purpose.EVALUATION,
                        RowKernels.create())
                .allocate();
    }

    Learner(TransformerConfig config, TrainingSettings settings, int maxRows, int maxLength, RowKernels kernels) {
        this(config, settings, maxRows, maxLength, Purpose.TRAINING, kernels);
    }

    Learner(
            TransformerConfig config,
            TrainingSettings settings,
            int maxRows,
            int maxLength,
            Purpose purpose,
            RowKernels kernels) {
        this.purpose = purpose;
        this.limits = new Limits(config, maxRows, maxLength);
        this.parameters = new Parameters(Layout.of(config));
        this.values = new Moment(
                "parameters", parameters.values(), (int) parameters.layout().size());
        this.updates = new Updates(
                settings.optimiser(),
                purpose == Purpose.TRAINING ? Segment.of(config) : List.of(),
                parameters.values(),
                parameters.gradients(),
                scratch,
                kernels);
        this.squares = new Squares(kernels);
        this.watch = new Watch(settings.guard());
        this.network = new Network(limits, settings, purpose.goesBack(), parameters, scratch, kernels);
    }

    /** Takes the memory that the constructor planned. */
    Learner allocate() {
        try {
            parameters.allocate(purpose.goesBack());
            updates.allocate();
            network.allocate();
            scratch.allocate();
            return this;
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** Bytes outside the heap, taken or to be taken. */
    MemoryPlan plan() {
        return new MemoryPlan(
                parameters.bytes(),
                purpose.goesBack() ? parameters.bytes() : 0,
                updates.bytes(),
                network.bytes(),
                scratch.bytes());
    }

    /**
     * Sets all parameters, in the order of {@link Layout}.
     *
     * @throws IllegalArgumentException when their number is not the model's
     */
    public void parameters(float[] theta) {
        values.mistake(theta).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        values.set(theta);
    }

    /**
     * Sets parameters from the index {@code from} on.
     *
     * @throws IndexOutOfBoundsException when the model has no such parameters
     */
    public void parameters(int from, float[] part) {
        Objects.checkFromIndexSize(from, part.length, values.size());
        values.values().put(0, from, part, 0, part.length);
    }

    /**
     * A copy of {@code size} parameters from the index {@code from} on.
     *
     * @throws IndexOutOfBoundsException when the model has no such parameters
     */
    public float[] parameters(int from, int size) {
        return values.copy(from, size);
    }

    /** A copy of all parameters, in the order of {@link Layout}. */
    public float[] parameters() {
        return values.copy();
    }

    /**
     * Copies of all that it carries from step to step besides the parameters.
     *
     * @throws IllegalStateException when it is not for training
     */
    public TrainerState state() {
        purpose.requireMoments();
        Map<String, float[]> arrays = updates.moments();
        if (watch.isOn()) {
            arrays.put(Watch.NAME, watch.state());
        }
        return new TrainerState(updates.step(), arrays);
    }

    /**
     * Goes on from there: with it and the parameters, as if training had never stopped. A guard without a state starts anew.
     *
     * @throws IllegalArgumentException when it is the state of another model or optimiser; nothing is set then
     * @throws IllegalStateException when it is not for training
     */
    public void state(TrainerState state) {
        purpose.requireMoments();
        float[] guard = state.arrays().getOrDefault(Watch.NAME, Watch.initial());
        Watch.require(guard);
        updates.set(state.step(), state.arrays());
        watch.state(guard);
    }

    /** Updates made so far: steps that were skipped are not counted. */
    public long step() {
        return updates.step();
    }

    /** Goes on as one whose settings have this seed: it decides what dropout draws. */
    public void seed(long seed) {
        network.seed(seed);
    }

    /**
     * A copy of the gradients that the last {@link #gradients(List, long)} left, before clipping, in the order of {@link Layout}.
     *
     * @throws IllegalStateException when it is for evaluation
     */
    public float[] gradients() {
        return gradients(0, values.size());
    }

    /**
     * A copy of {@code size} of these gradients, from the index {@code from} on.
     *
     * @throws IllegalStateException when it is for evaluation
     * @throws IndexOutOfBoundsException when the model has no such parameters
     */
    public float[] gradients(int from, int size) {
        purpose.requireGradients();
        return new Moment("gradients", parameters.gradients(), values.size()).copy(from, size);
    }

    /**
     * One update by the mean loss over the batch's targets.
     *
     * @throws IllegalArgumentException when the batch is larger than planned or an id is not in the vocabulary
     * @throws IllegalStateException when it is not for training
     */
    public Step step(Batch batch, double learningRate) {
        return step(List.of(batch), learningRate);
    }

    /**
     * One update by the mean loss over all targets of several batches, as if they were one: the gradient of each is added to
     * that of those before. The parameters stay as they are where there is no target, and where the outcome says so: when loss
     * or gradient is not finite, or the {@link Guard} holds the step to be poisoned.
     *
     * @throws IllegalArgumentException as {@link #step(Batch, double)}; no parameter has changed then
     * @throws IllegalStateException when it is not for training
     */
    public Step step(List<Batch> batches, double learningRate) {
        purpose.requireMoments();
        Step made = gradients(batches, updates.step());
        if (made.targets() == 0) {
            return made;
        }
        Outcome outcome = watch.judge(made.meanLoss(), made.gradientNorm());
        if (outcome instanceof Outcome.Applied) {
            updates.apply(learningRate, made.gradientNorm());
            cleared = true;
        }
        return new Step(made.lossSum(), made.targets(), made.gradientNorm(), outcome);
    }

    /**
     * Sets the gradients to those of the mean loss over all targets of several batches, as if they were one, and moves nothing.
     *
     * @param step number of updates before this one, which decides what dropout draws
     * @throws IllegalArgumentException as {@link #step(Batch, double)}
     * @throws IllegalStateException when it is for evaluation
     */
    public Step gradients(List<Batch> batches, long step) {
        purpose.requireGradients();
        int targets = limits.targets(batches);
        if (!cleared) {
            parameters.gradients().zero(1);
            cleared = true;
        }
        double lossSum = 0;
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).targetCount() > 0) {
                cleared = false;
                lossSum += network.addGradients(batches.get(i), 1f / targets, step, i);
            }
        }
        double norm = targets == 0 ? 0 : Math.sqrt(squares.of(parameters.gradients(), values.size()));
        return new Step(lossSum, targets, norm, Outcome.UNCHANGED);
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
        return new Step(sum, batch.targetCount(), 0, Outcome.UNCHANGED);
    }

    /**
     * The loss of each row: the sum of -ln p over its targets, in nats.
     *
     * @throws IllegalArgumentException as {@link #step}
     */
    public double[] evaluateRows(Batch batch) {
        limits.require(batch);
        return network.losses(batch);
    }

    /** The logits (N, V) of a whole batch, in memory of their own. */
    float[] logits(Batch batch) {
        limits.require(batch);
        return network.logits(batch);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        parameters.close();
        updates.close();
        network.close();
        scratch.close();
    }
}
