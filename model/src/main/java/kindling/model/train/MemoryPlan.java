package kindling.model.train;

import java.util.List;
import java.util.Locale;
import kindling.model.TransformerConfig;
import kindling.model.tensor.RowKernels;

/**
 * Bytes outside the heap that a learner takes, known before it takes any.
 *
 * @param parameters of the model
 * @param gradients as many
 * @param moments what the optimiser carries from step to step
 * @param activations what the layers keep for the way back, and their gradients
 * @param scratch logits of a chunk, gradients of hidden states, what an optimiser needs within a step
 */
public record MemoryPlan(long parameters, long gradients, long moments, long activations, long scratch) {

    /**
     * The plan of a learner that would be built with the same arguments; takes no memory that grows with the batch.
     *
     * @throws IllegalArgumentException as {@link Learner#Learner(TransformerConfig, TrainingSettings, int, int)}
     */
    public static MemoryPlan of(TransformerConfig config, TrainingSettings settings, int maxRows, int maxLength) {
        return of(config, settings, maxRows, maxLength, Purpose.TRAINING);
    }

    /**
     * The same of {@link Learner#forGradients}.
     *
     * @throws IllegalArgumentException as that
     */
    public static MemoryPlan ofGradients(
            TransformerConfig config, TrainingSettings settings, int maxRows, int maxLength) {
        return of(config, settings, maxRows, maxLength, Purpose.GRADIENTS);
    }

    /**
     * The same of {@link Learner#forEvaluation}.
     *
     * @throws IllegalArgumentException as that
     */
    public static MemoryPlan ofEvaluation(TransformerConfig config, int maxRows, int maxLength) {
        return of(config, TrainingSettings.defaults(), maxRows, maxLength, Purpose.EVALUATION);
    }

    private static MemoryPlan of(
            TransformerConfig config, TrainingSettings settings, int maxRows, int maxLength, Purpose purpose) {
        try (Learner unallocated = new Learner(config, settings, maxRows, maxLength, purpose, RowKernels.create())) {
            return unallocated.plan();
        }
    }

    /** Bytes of all parts. */
    public long total() {
        return parameters + gradients + moments + activations + scratch;
    }

    /** One line for each part, and for all of them. */
    public List<String> lines() {
        return List.of(
                line("parameters", parameters),
                line("gradients", gradients),
                line("moments", moments),
                line("activations", activations),
                line("scratch", scratch),
                line("total", total()));
    }

    private static String line(String part, long bytes) {
        return String.format(Locale.ROOT, "%-11s %,15d bytes", part, bytes);
    }

    /**
     * Refuses what does not fit.
     *
     * @param learners of this size at the same time
     * @param available bytes
     * @throws IllegalStateException with the numbers and the remedies
     */
    public void requireFits(int learners, long available) {
        if (total() > available / learners) {
            long needed = total() > Long.MAX_VALUE / learners ? Long.MAX_VALUE : total() * learners;
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "this needs %,d bytes outside the heap (%d at a time of %,d each: parameters %,d, gradients %,d, "
                            + "moments %,d, activations %,d, scratch %,d), and %,d are available: lower the batch size, the "
                            + "sequence length or the number at a time, or have activations recomputed",
                    needed,
                    learners,
                    total(),
                    parameters,
                    gradients,
                    moments,
                    activations,
                    scratch,
                    available));
        }
    }
}
