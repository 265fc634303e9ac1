package kindling.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each parameter of a model lies in the one flat block that holds them all, in a fixed order without gaps.
 *
 * <p>Projections are stored [out, in] in both families: y = x W^T + b. Names (i counts layers from 0; biases exist
 * where {@link TransformerConfig#biases} says so):
 *
 * <pre>
 * embedding.token.weight                  [V, C]
 * embedding.position.weight               [T, C]             where positions are learned
 * layers.i.attention.norm.weight          [C]                .bias
 * layers.i.attention.qkv.weight           [(H + 2K) D, C]    .bias; rows: queries, keys, values, each head by head
 * layers.i.attention.query_norm.weight    [D]                where queries and keys are normed; key_norm likewise
 * layers.i.attention.output.weight        [C, H D]           .bias
 * layers.i.mlp.norm.weight                [C]                .bias
 * layers.i.mlp.input.weight               [F, C]             .bias; gated: [2F, C], rows: gate, up
 * layers.i.mlp.output.weight              [C, F]             .bias
 * norm.weight                             [C]                .bias
 * head.weight                             [V, C]             unless tied
 * </pre>
 */
public final class Layout {

    /** The token embedding's name; also the head's where the two are tied. */
    public static final String TOKEN_EMBEDDING = "embedding.token.weight";

    /** The position table's name. */
    public static final String POSITION_EMBEDDING = "embedding.position.weight";

    /** Name of the norm before the head, without {@code .weight}. */
    public static final String FINAL_NORM = "norm";

    /** The part of an attention that norms the queries. */
    public static final String QUERY_NORM = "query_norm";

    /** The part of an attention that norms the keys. */
    public static final String KEY_NORM = "key_norm";

    /** The untied head's name. */
    public static final String HEAD = "head.weight";

    /**
     * One parameter tensor.
     *
     * @param name unique in its layout
     * @param offset index of its first value in the flat block
     * @param shape row-major, of rank 1 or 2
     */
    public record Parameter(String name, long offset, List<Integer> shape) {

        public Parameter {
            shape = List.copyOf(shape);
        }

        /** Number of dimensions. */
        public int rank() {
            return shape.size();
        }

        /** Number of values. */
        public long size() {
            long size = 1;
            for (int dimension : shape) {
                size *= dimension;
            }
            return size;
        }

        /** Length of a row: the last dimension. */
        public int columns() {
            return shape.get(rank() - 1);
        }
    }

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private long size;

    private Layout() {}

    /**
     * The layout of a model of this shape.
     *
     * @throws IllegalArgumentException when there are more parameters than one Java array holds
     */
    public static Layout of(TransformerConfig config) {
        Layout layout = new Layout();
        layout.add(TOKEN_EMBEDDING, config.vocabularySize(), config.width());
        if (config.positions() instanceof Positions.Learned) {
            layout.add(POSITION_EMBEDDING, config.contextLength(), config.width());
        }
        for (int i = 0; i < config.layers() && layout.size <= Integer.MAX_VALUE; i++) {
            layout.addLayer(config, i);
        }
        layout.addNorm(config, FINAL_NORM);
        if (!config.tiedHead()) {
            layout.add(HEAD, config.vocabularySize(), config.width());
        }
        if (layout.size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a model may have at most 2^31 - 9 parameters, this shape has more: "
                            + "lower width, layers or vocabularySize, or take a smaller model of the family where it comes from a file");
        }
        return layout;
    }

    private void addLayer(TransformerConfig config, int layer) {
        Biases biases = config.biases();
        int qkv = config.queryWidth() + 2 * config.keyValueWidth();
        addNorm(config, attention(layer, "norm"));
        addProjection(attention(layer, "qkv"), qkv, config.width(), biases.qkv());
        if (config.queryKeyNorm()) {
            add(weight(attention(layer, QUERY_NORM)), config.headDim());
            add(weight(attention(layer, KEY_NORM)), config.headDim());
        }
        addProjection(attention(layer, "output"), config.width(), config.queryWidth(), biases.attentionOutput());
        addNorm(config, mlp(layer, "norm"));
        addProjection(mlp(layer, "input"), config.innerWidth(), config.width(), biases.mlp());
        addProjection(mlp(layer, "output"), config.width(), config.hidden(), biases.mlp());
    }

    private void addNorm(TransformerConfig config, String name) {
        add(weight(name), config.width());
        if (config.biases().norms()) {
            add(bias(name), config.width());
        }
    }

    private void addProjection(String name, int out, int in, boolean biased) {
        add(weight(name), out, in);
        if (biased) {
            add(bias(name), out);
        }
    }

    private void add(String name, Integer... shape) {
        Parameter parameter = new Parameter(name, size, List.of(shape));
        parameters.put(name, parameter);
        size += parameter.size();
    }

    /**
     * Name of an attention part ({@code norm}, {@code qkv}, {@code query_norm}, {@code output} …) of a layer, without {@code
     * .weight}.
     */
    public static String attention(int layer, String part) {
        return "layers." + layer + ".attention." + part;
    }

    /** Name of a feed-forward part ({@code norm}, {@code input}, {@code output}), without {@code .weight}. */
    public static String mlp(int layer, String part) {
        return "layers." + layer + ".mlp." + part;
    }

    /** Name of a part's weight. */
    public static String weight(String part) {
        return part + ".weight";
    }

    /** Name of a part's bias. */
    public static String bias(String part) {
        return part + ".bias";
    }

    /** All parameters in the order in which they lie in the block. */
    public List<Parameter> parameters() {
        return Collections.unmodifiableList(new ArrayList<>(parameters.values()));
    }

    /** Whether this model has a parameter of that name. */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /**
     * The parameter of that name.
     *
     * @throws IllegalArgumentException when this model has none
     */
    public Parameter get(String name) {
        Parameter found = parameters.get(name);
        if (found == null) {
            throw new IllegalArgumentException("this model has no parameter '" + name + "'");
        }
        return found;
    }

    /** Number of values of all parameters together: the length of the flat block. */
    public long size() {
        return size;
    }
}
