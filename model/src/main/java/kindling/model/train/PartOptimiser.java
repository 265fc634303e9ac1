package kindling.model.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Gemm;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;

/**
 * An optimiser's step on one {@link Part} of a model, a pure function: what a {@link Learner} would make of the same gradients
 * under the same norm, to the bit, for gradients that were averaged over replicas.
 *
 * <pre>{@code
 * PartOptimiser optimiser = new PartOptimiser(config, AdamW.defaults(), part);
 * double norm = Math.sqrt(squaresOfAllParts);          // each gives PartOptimiser.squares(gradient)
 * PartOptimiser.Moved moved = optimiser.step(theta, gradient, optimiser.initial(), 1, rate, norm);
 * }</pre>
 *
 * <p>Takes memory outside the heap while it steps, and only then.
 */
public final class PartOptimiser {

    private final TransformerConfig config;
    private final Optimiser optimiser;
    private final Part part;

    /**
     * A part after a step.
     *
     * @param parameters θ
     * @param moments by name
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that pass through unchanged: not copied
    public record Moved(float[] parameters, Map<String, float[]> moments) {}

    /**
     * @throws IllegalArgumentException when the part is not one of {@link Part#cut} for this model and optimiser: it lies outside,
     *     or ends within a matrix that is moved as a whole
     */
    public PartOptimiser(TransformerConfig config, Optimiser optimiser, Part part) {
        this.config = config;
        this.optimiser = optimiser;
        this.part = part;
        int covered = part.segments(config).stream().mapToInt(Segment::size).sum();
        if (covered != part.size() || part.splits(config, optimiser)) {
            throw new IllegalArgumentException(
                    part + " is no part of this model under this optimiser: take those that Part.cut gives for both");
        }
    }

    /** Moments before the first step, by name: all 0. */
    public Map<String, float[]> initial() {
        try (Workplace place = new Workplace(part.segments(config))) {
            return place.updates.zeros();
        }
    }

    /** Bytes outside the heap that {@link #step} takes. */
    public long bytes() {
        try (Workplace place = new Workplace(part.segments(config))) {
            return place.bytes();
        }
    }

    /** The sum of squares of a part's mean gradient: the norm of all is the root of the sum over parts, in their order. */
    public static double squares(float[] gradient) {
        return new Squares(RowKernels.create()).of(gradient);
    }

    /**
     * The part after one step; nothing that is passed in changes.
     *
     * @param theta its parameters
     * @param gradient of the mean loss, as long
     * @param moments by name, as {@link #initial} or the last step gave them
     * @param step number of the step, 1 for the first
     * @param norm of the gradients of all parts together, by which they are clipped
     * @throws IllegalArgumentException when an array has not the part's length or a moment is missing
     * @throws IllegalStateException when there is not enough memory outside the heap
     */
    public Moved step(
            float[] theta,
            float[] gradient,
            Map<String, float[]> moments,
            long step,
            double learningRate,
            double norm) {
        requireLength("parameters", theta);
        requireLength("gradient", gradient);
        try (Workplace place = new Workplace(part.segments(config))) {
            place.allocate();
            place.values.put(0, theta);
            place.gradients.put(0, gradient);
            place.updates.set(step - 1, moments);
            place.updates.apply(learningRate, norm);
            float[] moved = new float[theta.length];
            place.values.get(0, moved);
            return new Moved(moved, place.updates.moments());
        }
    }

    private void requireLength(String name, float[] values) {
        if (values.length != part.size()) {
            throw new IllegalArgumentException(
                    name + " of " + part + " must have " + part.size() + " values, got " + values.length);
        }
    }

    /**
     * This part's moments, of those of a whole model.
     *
     * @param whole by name, as {@link Learner#state()} has them
     * @throws IllegalArgumentException when they are those of another model or optimiser
     */
    public Map<String, float[]> cut(Map<String, float[]> whole) {
        Map<String, Integer> sizes = sizes(Segment.of(config));
        Map<String, Integer> before = sizes(Segment.within(config, 0, part.from()));
        Map<String, float[]> own = new TreeMap<>();
        sizes(part.segments(config)).forEach((name, size) -> {
            float[] all = whole.get(name);
            if (all == null || all.length != sizes.get(name)) {
                throw new IllegalArgumentException("this is the state of another model or optimiser: " + name
                        + " must have " + sizes.get(name) + " values, got " + (all == null ? "none" : all.length));
            }
            int from = before.get(name);
            own.put(name, Arrays.copyOfRange(all, from, from + size));
        });
        return own;
    }

    private Map<String, Integer> sizes(List<Segment> segments) {
        try (Workplace place = new Workplace(segments)) {
            return place.updates.sizes();
        }
    }

    /**
     * The moments of a whole model, of those of all its parts: what {@link Learner#state(TrainerState)} goes on from.
     *
     * @param parts in the order of {@link Part#cut}
     */
    public static Map<String, float[]> join(List<Map<String, float[]>> parts) {
        Map<String, float[]> whole = new TreeMap<>();
        for (String name : parts.get(0).keySet()) {
            int size =
                    parts.stream().mapToInt(moments -> moments.get(name).length).sum();
            float[] all = new float[size];
            int from = 0;
            for (Map<String, float[]> moments : parts) {
                float[] own = moments.get(name);
                System.arraycopy(own, 0, all, from, own.length);
                from += own.length;
            }
            whole.put(name, all);
        }
        return whole;
    }

    /** Memory for one step. */
    private final class Workplace implements AutoCloseable {
        private final Arena arena = new Arena();
        private final Matrix values;
        private final Matrix gradients;
        private final Updates updates;

        /** Plans it, for so much of the model. */
        Workplace(List<Segment> segments) {
            int size = segments.stream().mapToInt(Segment::size).sum();
            this.values = arena.matrix(1, size);
            this.gradients = arena.matrix(1, size);
            this.updates = new Updates(optimiser, segments, values, gradients, arena, RowKernels.create());
        }

        /** Takes it. */
        void allocate() {
            Gemm.oneThread();
            arena.allocate();
            updates.allocate();
        }

        long bytes() {
            return arena.bytes() + updates.bytes();
        }

        @Override
        public void close() {
            arena.close();
            updates.close();
        }
    }
}
