package kindling.model.layer;

import static kindling.model.layer.Slope.assertGradient;
import static kindling.model.layer.Slope.dot;
import static kindling.model.layer.Slope.randomize;
import static kindling.model.layer.Slope.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import kindling.model.Layout;
import kindling.model.Mask;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {

    private static final int WIDTH = 1000;
    private static final int ROWS = 200;
    private static final int COUNT = WIDTH * ROWS;
    /** Five standard deviations of a mean of COUNT draws of variance 1/4. */
    private static final double FIVE_SIGMA = 5 * 0.5 / Math.sqrt(COUNT);

    private final RowKernels kernels = RowKernels.create();

    /** What becomes of ones. */
    private double[] ones(double rate, long seed, long step, int part, int site) {
        Dropout dropout = new Dropout(rate, seed, WIDTH, kernels);
        dropout.on(step, part);
        double[] values = new double[COUNT];
        float[] row = new float[WIDTH];
        for (int r = 0; r < ROWS; r++) {
            Arrays.fill(row, 1f);
            dropout.apply(row, 0, WIDTH, site, r, 0);
            for (int i = 0; i < WIDTH; i++) {
                values[r * WIDTH + i] = row[i];
            }
        }
        return values;
    }

    /** 1 where a value is dropped. */
    private double[] dropped(double rate, long seed, long step, int part, int site) {
        return Arrays.stream(ones(rate, seed, step, part, site))
                .map(value -> value == 0 ? 1 : 0)
                .toArray();
    }

    @ParameterizedTest(name = "rate {0}")
    @ValueSource(doubles = {0.05, 0.1, 0.5, 0.9})
    void dropsItsShareAndKeepsTheExpectation(double rate) {
        double share = Arrays.stream(dropped(rate, 3, 0, 0, 1)).average().orElseThrow();
        double expectation = Arrays.stream(ones(rate, 3, 0, 0, 1)).average().orElseThrow();

        assertThat(share).isCloseTo(rate, within(FIVE_SIGMA));
        assertThat(expectation).isCloseTo(1, within(FIVE_SIGMA / (1 - rate)));
    }

    @Test
    void drawsOfOtherSeedsStepsPartsAndSitesAreIndependent() {
        double[] draws = dropped(0.5, 3, 7, 0, 1);

        assertThat(dropped(0.5, 3, 7, 0, 1)).isEqualTo(draws);
        assertThat(agreement(draws, dropped(0.5, 4, 7, 0, 1), 0)).isCloseTo(0.5, within(FIVE_SIGMA));
        assertThat(agreement(draws, dropped(0.5, 3, 8, 0, 1), 0)).isCloseTo(0.5, within(FIVE_SIGMA));
        assertThat(agreement(draws, dropped(0.5, 3, 7, 1, 1), 0)).isCloseTo(0.5, within(FIVE_SIGMA));
        assertThat(agreement(draws, dropped(0.5, 3, 7, 0, 2), 0)).isCloseTo(0.5, within(FIVE_SIGMA));
    }

    @ParameterizedTest(name = "{0} apart")
    @ValueSource(ints = {1, 2, 16, 64, WIDTH, 2 * WIDTH, WIDTH + 1})
    void neighboursAreIndependent(int distance) {
        double[] draws = dropped(0.5, 3, 7, 0, 1);

        assertThat(agreement(draws, draws, distance)).isCloseTo(0.5, within(FIVE_SIGMA * 1.1));
    }

    private static double agreement(double[] a, double[] b, int distance) {
        int same = 0;
        for (int i = 0; i + distance < a.length; i++) {
            same += a[i] == b[i + distance] ? 1 : 0;
        }
        return (double) same / (a.length - distance);
    }

    @Test
    void valueDependsOnItsColumnAndNotOnWhereItsRowLies() {
        Dropout dropout = new Dropout(0.5, 3, WIDTH, kernels);
        float[] whole = new float[100];
        float[] parts = new float[100];
        Arrays.fill(whole, 1f);
        Arrays.fill(parts, 1f);

        dropout.apply(whole, 0, 100, 2, 9, 0);
        dropout.apply(parts, 0, 37, 2, 9, 0);
        dropout.apply(parts, 37, 63, 2, 9, 37);

        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void refusesRatesThatAreNoShare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dropout(1, 0, 1, kernels))
                .withMessage("dropout must be >= 0 and < 1 (the share of values to drop), got 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(Double.NaN, 0, 1, kernels));
    }

    @Test
    void attentionsGradientIsTheSlopeOfWhatWasKept() {
        int tokens = 140;
        TransformerConfig config = Shapes.llama(7, 200, 1, 4, 2, 6, 20, 8);
        int width = config.queryWidth() + 2 * config.keyValueWidth();
        try (Arena arena = new Arena()) {
            Matrix qkv = arena.matrix(tokens, width);
            Matrix dQkv = arena.matrix(tokens, width);
            Matrix mixed = arena.matrix(tokens, config.queryWidth());
            Matrix dMixed = arena.matrix(tokens, config.queryWidth());
            Dropout dropout = new Dropout(0.3, 5, config.width(), kernels);
            SelfAttention attention = new SelfAttention(config, arena, tokens, 70, kernels, dropout);
            arena.allocate();
            attention.see(Mask.causal(2, 70));
            randomize(qkv, tokens * width, 1);
            randomize(dMixed, tokens * config.queryWidth(), 2);
            DoubleSupplier loss = () -> {
                attention.mix(0, qkv, mixed, tokens);
                return dot(mixed, dMixed, tokens * config.queryWidth());
            };
            double plain = loss.getAsDouble();
            dropout.on(1, 0);
            double less = loss.getAsDouble();

            attention.backward(0, qkv, dMixed, dQkv);

            assertThat(less).isNotEqualTo(plain);
            assertGradient("qkv", qkv, tokens * width, dQkv, loss);
        }
    }

    @ParameterizedTest(name = "recompute {0}")
    @ValueSource(booleans = {false, true})
    void networksGradientIsTheSlopeOfWhatWasKept(boolean recompute) {
        TransformerConfig config = Shapes.gpt2(7, 80, 2, 3, 18);
        int tokens = 10;
        int[] ids = {3, 0, 3, 6, 1, 2, 2, 5, 4, 1};
        int[] positions = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4};
        int size = tokens * config.width();
        Arena arena = new Arena();
        try (arena;
                Parameters parameters = new Parameters(Layout.of(config)).allocate(true)) {
            randomize(parameters.values(), (int) parameters.layout().size(), 4);
            Matrix dHidden = arena.matrix(tokens, config.width());
            Matrix dx = arena.matrix(tokens, config.width());
            Dropout dropout = new Dropout(0.3, 5, config.width(), kernels);
            Transformer network = Transformer.trainable(config, parameters, arena, tokens, kernels, recompute, dropout);
            SelfAttention attention = new SelfAttention(config, arena, tokens, 5, kernels, dropout);
            arena.allocate();
            attention.shape(2, 5);
            dropout.on(1, 0);
            randomize(dHidden, size, 2);
            DoubleSupplier loss = () -> dot(network.forward(ids, positions, tokens, attention), dHidden, size);
            float[] first = values(network.forward(ids, positions, tokens, attention), size);

            network.backward(ids, positions, tokens, attention, dHidden, dx);

            assertThat(values(network.forward(ids, positions, tokens, attention), size))
                    .isEqualTo(first);
            for (Layout.Parameter parameter : parameters.layout().parameters()) {
                String name = parameter.name();
                assertGradient(name, parameters.value(name), (int) parameter.size(), parameters.gradient(name), loss);
            }
        }
    }
}
