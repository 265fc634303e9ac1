package kindling.model.layer;

import kindling.model.Layout;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;

/**
 * The parameters of one model in memory, and their gradients: two flat blocks in the order of a {@link Layout}.
 *
 * <p>For inference the gradients are planned but never allocated.
 */
public final class Parameters implements AutoCloseable {

    private final Layout layout;
    private final Arena valueArena = new Arena();
    private final Arena gradientArena = new Arena();
    private final Matrix values;
    private final Matrix gradients;

    /** Plans the blocks; {@link #allocate} takes the memory. */
    public Parameters(Layout layout) {
        this.layout = layout;
        int size = Math.toIntExact(layout.size());
        values = valueArena.matrix(1, size);
        gradients = gradientArena.matrix(1, size);
    }

    /**
     * Takes the memory.
     *
     * @param trainable whether gradients are needed
     * @return these parameters, all zero
     */
    public Parameters allocate(boolean trainable) {
        valueArena.allocate();
        if (trainable) {
            gradientArena.allocate();
        }
        return this;
    }

    /** Where each of them lies. */
    public Layout layout() {
        return layout;
    }

    /** All values as one row. */
    public Matrix values() {
        return values;
    }

    /** All gradients as one row. */
    public Matrix gradients() {
        return gradients;
    }

    /** The parameter of that name, rows as long as its last dimension. */
    Matrix value(String name) {
        return part(values, name);
    }

    /** The gradient of the parameter of that name. */
    Matrix gradient(String name) {
        return part(gradients, name);
    }

    private Matrix part(Matrix all, String name) {
        Layout.Parameter parameter = layout.get(name);
        return new Matrix(all.arena(), all.offset() + parameter.offset(), parameter.columns());
    }

    /** Bytes of either block. */
    public long bytes() {
        return valueArena.bytes();
    }

    @Override
    public void close() {
        valueArena.close();
        gradientArena.close();
    }
}
