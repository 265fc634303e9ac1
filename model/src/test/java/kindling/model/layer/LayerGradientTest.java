package kindling.model.layer;

import static kindling.model.layer.Slope.assertGradient;
import static kindling.model.layer.Slope.dot;
import static kindling.model.layer.Slope.randomize;
import static kindling.model.layer.Slope.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import kindling.model.Layout;
import kindling.model.Nonlinearity;
import kindling.model.Positions;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer's backward against the slope of its own forward, in both families. */
class LayerGradientTest {

    private static final int TOKENS = 5;
    private static final int[] IDS = {3, 0, 3, 6, 1};
    private static final int[] POSITIONS = {0, 1, 2, 0, 1};

    private final RowKernels kernels = RowKernels.create();
    private final Arena arena = new Arena();

    /** Odd widths, grouped queries, heads that do not add up to the width, with and without biases. */
    static List<TransformerConfig> families() {
        return List.of(
                Shapes.gpt2(7, 80, 2, 3, 19, 33, true),
                Shapes.llama(7, 80, 2, 4, 2, 6, 20, 37),
                Shapes.untied(Shapes.llama(7, 80, 1, 3, 1, 10, 17, 21), 5e5, true),
                Shapes.queryKeyNorm(Shapes.llama(7, 80, 2, 4, 2, 6, 20, 37)),
                Shapes.with(Shapes.gpt2(7, 80, 1, 3, 18), Nonlinearity.GELU_ERF, false),
                Shapes.with(Shapes.llama(7, 80, 1, 2, 2, 8, 18, 35), Nonlinearity.RELU_SQUARED, false),
                Shapes.with(Shapes.llama(7, 80, 1, 2, 1, 8, 18, 35), Nonlinearity.GELU_TANH, true),
                Shapes.with(Shapes.llama(7, 80, 1, 2, 1, 8, 18, 35), Nonlinearity.SILU, false));
    }

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @ParameterizedTest
    @MethodSource("families")
    void linear(TransformerConfig config) {
        String name = Layout.mlp(0, "output");
        int in = TOKENS * config.hidden();
        int out = TOKENS * config.width();
        Matrix x = arena.matrix(TOKENS, config.hidden());
        Matrix dx = arena.matrix(TOKENS, config.hidden());
        Matrix y = arena.matrix(TOKENS, config.width());
        Matrix dy = arena.matrix(TOKENS, config.width());
        Matrix residual = arena.matrix(TOKENS, config.width());
        Matrix ones = arena.matrix(1, TOKENS);
        arena.allocate();
        for (int t = 0; t < TOKENS; t++) {
            ones.put(0, t, new float[] {1}, 0, 1);
        }
        try (Parameters parameters = random(config)) {
            Linear linear = new Linear(parameters, name, kernels, ones, Optional.empty());
            randomize(x, in, 1);
            randomize(dy, out, 2);
            randomize(residual, out, 3);
            DoubleSupplier loss = () -> {
                linear.forward(x, y, TOKENS);
                return dot(y, dy, out);
            };
            double plain = loss.getAsDouble();

            linear.backward(x, dy, dx, TOKENS);

            assertGradient("x", x, in, dx, loss);
            assertParameters(parameters, name, loss);
            linear.addTo(residual, x, y, TOKENS);
            assertThat(dot(y, dy, out)).isCloseTo(plain + dot(residual, dy, out), within(1e-4));
            linear.addTo(residual, x, residual, TOKENS);
            assertThat(values(residual, out)).containsExactly(values(y, out));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void norm(TransformerConfig config) {
        int size = TOKENS * config.width();
        Matrix x = arena.matrix(TOKENS, config.width());
        Matrix dx = arena.matrix(TOKENS, config.width());
        Matrix y = arena.matrix(TOKENS, config.width());
        Matrix dy = arena.matrix(TOKENS, config.width());
        try (Parameters parameters = random(config)) {
            Norm norm = Norm.of(config, parameters, Layout.FINAL_NORM, arena, TOKENS, kernels);
            arena.allocate();
            randomize(x, size, 1);
            randomize(dy, size, 2);
            DoubleSupplier loss = () -> {
                norm.forward(x, y, TOKENS);
                return dot(y, dy, size);
            };
            forward(loss);

            norm.backward(x, dy, dx, TOKENS);
            float[] once = values(dx, size);

            assertGradient("x", x, size, dx, loss);
            assertParameters(parameters, Layout.FINAL_NORM, loss);
            forward(loss);
            norm.backward(x, dy, dx, TOKENS);
            assertThat(values(dx, size)[4]).as("adds").isCloseTo(2 * once[4], within(1e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void activation(TransformerConfig config) {
        int inner = config.innerWidth();
        int size = TOKENS * config.hidden();
        Matrix x = arena.matrix(TOKENS, inner);
        Matrix dx = arena.matrix(TOKENS, inner);
        Matrix y = arena.matrix(TOKENS, config.hidden());
        Matrix dy = arena.matrix(TOKENS, config.hidden());
        arena.allocate();
        Activation activation = new Activation(config, kernels);
        randomize(x, TOKENS * inner, 1);
        randomize(dy, size, 2);

        activation.backward(x, dy, dx, TOKENS);

        assertGradient("x", x, TOKENS * inner, dx, () -> {
            activation.forward(x, y, TOKENS);
            return dot(y, dy, size);
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void embedding(TransformerConfig config) {
        int size = TOKENS * config.width();
        Matrix x = arena.matrix(TOKENS, config.width());
        Matrix dx = arena.matrix(TOKENS, config.width());
        arena.allocate();
        try (Parameters parameters = random(config)) {
            Embedding embedding = new Embedding(config, parameters, kernels);
            randomize(dx, size, 2);
            DoubleSupplier loss = () -> {
                embedding.forward(IDS, POSITIONS, x, TOKENS);
                return dot(x, dx, size);
            };

            embedding.backward(IDS, POSITIONS, dx, TOKENS);

            assertParameter(parameters, Layout.TOKEN_EMBEDDING, loss);
            assertParameter(parameters, Layout.POSITION_EMBEDDING, loss);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void rotary(TransformerConfig config) {
        TransformerConfig even = config.positions() instanceof Positions.Rotary
                ? config
                : families().get(1);
        int width = even.queryWidth() + 2 * even.keyValueWidth();
        Matrix x = arena.matrix(TOKENS, width);
        Matrix y = arena.matrix(TOKENS, width);
        Matrix dy = arena.matrix(TOKENS, width);
        Matrix dx = arena.matrix(TOKENS, width);
        arena.allocate();
        Rotary rotary = Rotary.of(even, kernels).orElseThrow();
        randomize(x, TOKENS * width, 1);
        randomize(dy, TOKENS * width, 2);

        dx.copy(dy, TOKENS);
        rotary.backward(dx, POSITIONS, TOKENS);

        assertGradient("x", x, TOKENS * width, dx, () -> {
            y.copy(x, TOKENS);
            rotary.forward(y, POSITIONS, TOKENS);
            return dot(y, dy, TOKENS * width);
        });
    }

    /** Rows longer than one block of queries. */
    @ParameterizedTest
    @MethodSource("families")
    void attention(TransformerConfig config) {
        int rows = 2;
        int length = 70;
        int tokens = rows * length;
        int width = config.queryWidth() + 2 * config.keyValueWidth();
        int size = tokens * config.queryWidth();
        Matrix qkv = arena.matrix(tokens, width);
        Matrix dQkv = arena.matrix(tokens, width);
        Matrix mixed = arena.matrix(tokens, config.queryWidth());
        Matrix dMixed = arena.matrix(tokens, config.queryWidth());
        SelfAttention attention = new SelfAttention(config, arena, tokens, length, kernels);
        arena.allocate();
        attention.shape(rows, length);
        randomize(qkv, tokens * width, 1);
        randomize(dMixed, size, 2);
        DoubleSupplier loss = () -> {
            attention.mix(0, qkv, mixed, tokens);
            return dot(mixed, dMixed, size);
        };
        forward(loss);

        attention.backward(0, qkv, dMixed, dQkv);

        assertGradient("qkv", qkv, tokens * width, dQkv, loss);
    }

    @ParameterizedTest
    @MethodSource("families")
    void wholeNetwork(TransformerConfig config) {
        int size = TOKENS * config.width();
        Matrix dHidden = arena.matrix(TOKENS, config.width());
        Matrix dx = arena.matrix(TOKENS, config.width());
        try (Parameters parameters = random(config)) {
            Transformer network = Transformer.trainable(config, parameters, arena, TOKENS, kernels);
            SelfAttention attention = new SelfAttention(config, arena, TOKENS, TOKENS, kernels);
            arena.allocate();
            attention.shape(1, TOKENS);
            randomize(dHidden, size, 2);
            DoubleSupplier loss = () -> dot(network.forward(IDS, POSITIONS, TOKENS, attention), dHidden, size);
            forward(loss);

            network.backward(IDS, POSITIONS, TOKENS, attention, dHidden, dx);

            for (Layout.Parameter parameter : parameters.layout().parameters()) {
                if (!parameter.name().equals(Layout.HEAD)) {
                    assertParameter(parameters, parameter.name(), loss);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void recomputationChangesNoBit(TransformerConfig config) {
        float[] kept = gradients(config, false);

        assertThat(gradients(config, true)).isEqualTo(kept);
    }

    private static float[] gradients(TransformerConfig config, boolean recompute) {
        RowKernels kernels = RowKernels.create();
        try (Arena arena = new Arena();
                Parameters parameters = random(config)) {
            Matrix dHidden = arena.matrix(TOKENS, config.width());
            Matrix dx = arena.matrix(TOKENS, config.width());
            Transformer network = Transformer.trainable(config, parameters, arena, TOKENS, kernels, recompute);
            SelfAttention attention = new SelfAttention(config, arena, TOKENS, TOKENS, kernels);
            arena.allocate();
            attention.shape(1, TOKENS);
            randomize(dHidden, TOKENS * config.width(), 2);
            network.forward(IDS, POSITIONS, TOKENS, attention);
            network.backward(IDS, POSITIONS, TOKENS, attention, dHidden, dx);
            return values(parameters.gradients(), (int) parameters.layout().size());
        }
    }

    /** Leaves in the layer what backward reads. */
    private static void forward(DoubleSupplier loss) {
        assertThat(loss.getAsDouble()).isFinite();
    }

    private static void assertParameters(Parameters parameters, String part, DoubleSupplier loss) {
        assertParameter(parameters, Layout.weight(part), loss);
        assertParameter(parameters, Layout.bias(part), loss);
    }

    private static void assertParameter(Parameters parameters, String name, DoubleSupplier loss) {
        if (parameters.layout().has(name)) {
            int size = (int) parameters.layout().get(name).size();
            assertGradient(name, parameters.value(name), size, parameters.gradient(name), loss);
        }
    }

    private static Parameters random(TransformerConfig config) {
        Parameters parameters = new Parameters(Layout.of(config)).allocate(true);
        randomize(parameters.values(), (int) parameters.layout().size(), 4);
        return parameters;
    }
}
