package kindling.model.layer;

import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.PackedMatrix;
import kindling.model.tensor.RowKernels;

/**
 * A learned row for each token id, plus one for each position where the family has them.
 *
 * <p>N tokens, C width, V ids: x (N, C), token table (V, C), position table (T, C).
 */
final class Embedding {

    private final Matrix tokens;
    private final Optional<PackedMatrix> packed;
    private final Matrix tokenGradient;
    private final Optional<Matrix> positions;
    private final Optional<Matrix> positionGradient;
    private final RowKernels kernels;
    private final float[] row;
    private final float[] other;

    Embedding(TransformerConfig config, Parameters parameters, RowKernels kernels) {
        boolean learned = parameters.layout().has(Layout.POSITION_EMBEDDING);
        this.tokens = parameters.value(Layout.TOKEN_EMBEDDING);
        this.packed = parameters.packed(Layout.TOKEN_EMBEDDING);
        this.tokenGradient = parameters.gradient(Layout.TOKEN_EMBEDDING);
        this.positions = learned ? Optional.of(parameters.value(Layout.POSITION_EMBEDDING)) : Optional.empty();
        this.positionGradient =
                learned ? Optional.of(parameters.gradient(Layout.POSITION_EMBEDDING)) : Optional.empty();
        this.kernels = kernels;
        this.row = new float[config.width()];
        this.other = new float[config.width()];
    }

    /** x_t = token row + position row; ids and positions are within their tables. */
    void forward(int[] ids, int[] place, Matrix x, int count) {
        for (int t = 0; t < count; t++) {
            look(ids[t]);
            if (positions.isPresent()) {
                positions.get().get(place[t], other);
                kernels.add(row, other, row.length);
            }
            x.put(t, row); // id -> (C)
        }
    }

    private void look(int id) {
        if (packed.isPresent()) {
            packed.get().row(id, row);
        } else {
            tokens.get(id, row);
        }
    }

    /** Adds dx_t to the gradients of the rows that made x_t. */
    void backward(int[] ids, int[] place, Matrix dx, int count) {
        for (int t = 0; t < count; t++) {
            dx.get(t, row);
            addTo(tokenGradient, ids[t]);
            if (positionGradient.isPresent()) {
                addTo(positionGradient.get(), place[t]);
            }
        }
    }

    private void addTo(Matrix gradient, int index) {
        gradient.get(index, other);
        kernels.add(other, row, row.length);
        gradient.put(index, other);
    }
}
