package kindling.model.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.PackedMatrix;
import kindling.model.tensor.Precision;

/**
 * The parameters of a model that is only read: its projections, token table and head packed for products with few rows, the rest
 * as it was. They never change, and any number of threads may read them at a time: one copy serves all tasks of an executor.
 */
public final class PackedParameters {
    private final TransformerConfig config;
    private final Layout layout;
    private final Map<String, PackedMatrix> products = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final float[] rest;

    /**
     * @param theta all parameters, in the order of {@link Layout}; copied
     * @param precision of the weights of products; norms, biases and positions stay as they are
     * @throws IllegalArgumentException when theta has another length than the shape says
     */
    public PackedParameters(TransformerConfig config, float[] theta, Precision precision) {
        this.config = config;
        this.layout = Layout.of(config);
        if (theta.length != layout.size()) {
            throw new IllegalArgumentException(
                    "a model of this shape has " + layout.size() + " parameters, got " + theta.length);
        }
        int size = 0;
        for (Layout.Parameter parameter : layout.parameters()) {
            if (isProduct(parameter)) {
                int outputs = parameter.shape().get(0);
                products.put(
                        parameter.name(),
                        PackedMatrix.of(theta, (int) parameter.offset(), outputs, parameter.columns(), precision));
            } else {
                places.put(parameter.name(), size);
                size += (int) parameter.size();
            }
        }
        this.rest = new float[size];
        places.forEach((name, place) -> copy(theta, layout.get(name), place));
    }

    /** All parameters as products take them, in the order of {@link Layout}. */
    public float[] theta() {
        float[] theta = new float[Math.toIntExact(layout.size())];
        for (Layout.Parameter parameter : layout.parameters()) {
            PackedMatrix product = products.get(parameter.name());
            int at = (int) parameter.offset();
            if (product == null) {
                System.arraycopy(rest, places.get(parameter.name()), theta, at, (int) parameter.size());
            } else {
                rows(product, theta, at);
            }
        }
        return theta;
    }

    private static void rows(PackedMatrix product, float[] theta, int at) {
        float[] row = new float[product.inputs()];
        for (int output = 0; output < product.outputs(); output++) {
            product.row(output, row);
            System.arraycopy(row, 0, theta, at + output * row.length, row.length);
        }
    }

    private void copy(float[] theta, Layout.Parameter parameter, int place) {
        System.arraycopy(theta, (int) parameter.offset(), rest, place, (int) parameter.size());
    }

    /** Whether rows are multiplied with it; those of the position table are only looked up. */
    private static boolean isProduct(Layout.Parameter parameter) {
        return parameter.rank() == 2 && !parameter.name().equals(Layout.POSITION_EMBEDDING);
    }

    /** The model's shape. */
    public TransformerConfig config() {
        return config;
    }

    Layout layout() {
        return layout;
    }

    Optional<PackedMatrix> product(String name) {
        return Optional.ofNullable(products.get(name));
    }

    /** Where a parameter that is no product lies in {@link #rest}; -1 for a product. */
    int place(String name) {
        return places.getOrDefault(name, -1);
    }

    float[] rest() {
        return rest;
    }

    /** Most columns of a product. */
    int mostInputs() {
        return products.values().stream().mapToInt(PackedMatrix::inputs).max().orElse(0);
    }
}
