package kindling.model.train;

import java.util.Objects;
import java.util.Optional;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;

/** An array of a learner outside the heap, under the name that it has in files and errors. */
record Moment(String name, Matrix values, int size) {

    static Moment reserve(String name, Arena arena, long size) {
        return new Moment(name, arena.matrix(1, Math.toIntExact(size)), (int) size);
    }

    float[] copy() {
        return copy(0, size);
    }

    float[] copy(int from, int length) {
        Objects.checkFromIndexSize(from, length, size);
        float[] copy = new float[length];
        values.get(0, from, copy, 0, length);
        return copy;
    }

    /** What is wrong with such values, or nothing. */
    Optional<String> mistake(float[] other) {
        return other != null && other.length == size
                ? Optional.empty()
                : Optional.of(name + " must have " + size + " values, got " + (other == null ? "none" : other.length));
    }

    void set(float[] other) {
        values.put(0, other);
    }
}
