package kindling.model.layer;

import java.util.Optional;
import kindling.model.Layout;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.PackedMatrix;

/**
 * The parameters of one model in memory, and their gradients: two flat blocks in the order of a {@link Layout}.
 *
 * <p>For inference the gradients are planned but never allocated. A model that only writes reads {@link PackedParameters}, which
 * it shares with others; only what is no product is here as well.
 */
public final class Parameters implements AutoCloseable {

    private final Layout layout;
    private final Arena valueArena = new Arena();
    private final Arena gradientArena = new Arena();
    private final Matrix values;
    private final Matrix gradients;
    private final Optional<PackedParameters> packed;

    /** Plans the blocks; {@link #allocate} takes the memory. */
    public Parameters(Layout layout) {
        this.layout = layout;
        int size = Math.toIntExact(layout.size());
        values = valueArena.matrix(1, size);
        gradients = gradientArena.matrix(1, size);
        packed = Optional.empty();
    }

    /** Of a model that is only read: {@link #allocate} takes memory for what is no product, and copies it. */
    public Parameters(PackedParameters shared) {
        layout = shared.layout();
        values = valueArena.matrix(1, shared.rest().length);
        gradients = gradientArena.matrix(1, Math.toIntExact(layout.size()));
        packed = Optional.of(shared);
    }

    /**
     * Takes the memory.
     *
     * @param trainable whether gradients are needed
     * @return these parameters, all zero unless they are those of a model that is only read
     */
    public Parameters allocate(boolean trainable) {
        valueArena.allocate();
        if (trainable) {
            gradientArena.allocate();
        }
        packed.ifPresent(shared -> values.put(0, shared.rest()));
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
        if (packed.isEmpty()) {
            return part(values, name);
        }
        int place = packed.get().place(name);
        return place < 0
                ? gradient(name) // never allocated: it is read where it lies packed
                : new Matrix(valueArena, values.at(0, place), layout.get(name).columns());
    }

    /** The parameter of that name, where rows are multiplied with a packed one. */
    Optional<PackedMatrix> packed(String name) {
        return packed.flatMap(shared -> shared.product(name));
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
