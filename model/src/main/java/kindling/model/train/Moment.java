package kindling.model.train;

import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;

/** One array that an optimiser carries from step to step, under the name that it has in a trainer's file. */
record Moment(String name, Matrix values, int size) {

    static Moment reserve(String name, Arena arena, long size) {
        return new Moment(name, arena.matrix(1, Math.toIntExact(size)), (int) size);
    }

    float[] copy() {
        float[] copy = new float[size];
        values.get(0, copy);
        return copy;
    }
}
