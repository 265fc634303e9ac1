package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import kindling.model.Batch;
import kindling.model.Layout;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.layer.Transformer;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss and gradient against their definition in double precision, in one chunk and in several. */
class CrossEntropyTest {

    private static final int VOCABULARY = 7;
    private static final int WIDTH = 6;
    private static final int TOKENS = 10;

    private final TransformerConfig config =
            Shapes.untied(Shapes.llama(VOCABULARY, 8, 1, 1, 1, 6, WIDTH, 4), 1e4, false);
    private final int[] targets = {3, 0, Batch.IGNORED, 6, 1, 2, Batch.IGNORED, 5, 5, 4};
    private final Batch batch = new Batch(2, TOKENS / 2, new int[TOKENS], targets);
    private final float[] hidden = uniform(1, TOKENS * WIDTH);
    private final float[] head = uniform(2, VOCABULARY * WIDTH);

    @ParameterizedTest(name = "chunks of {0}")
    @ValueSource(ints = {1, 3, 5, 10})
    void lossAndGradientEqualTheirDefinition(int chunk) {
        try (Parameters parameters = new Parameters(Layout.of(config)).allocate(true);
                Arena arena = new Arena()) {
            RowKernels kernels = RowKernels.create();
            Transformer transformer = Transformer.trainable(config, parameters, arena, 1, kernels);
            CrossEntropy loss = new CrossEntropy(config, arena, chunk, kernels);
            Matrix states = arena.matrix(TOKENS, WIDTH);
            Matrix gradient = arena.matrix(TOKENS, WIDTH);
            arena.allocate();
            states.put(0, hidden);
            int headAt = (int) parameters.layout().get(Layout.HEAD).offset();
            parameters.values().put(0, headAt, head, 0, head.length);
            double[] rows = new double[2];

            double sum = loss.lossAndGradient(transformer, states, batch, 1f / batch.targetCount(), gradient);
            loss.loss(transformer, states, batch, rows);

            assertThat(sum).isCloseTo(expectedLoss(0, TOKENS), within(1e-5));
            assertThat(rows[0]).isCloseTo(expectedLoss(0, TOKENS / 2), within(1e-5));
            assertThat(rows[1]).isCloseTo(expectedLoss(TOKENS / 2, TOKENS), within(1e-5));
            float[] actual = new float[TOKENS * WIDTH];
            gradient.get(0, actual);
            float[] headActual = new float[VOCABULARY * WIDTH];
            parameters.gradients().get(0, headAt, headActual, 0, headActual.length);
            assertGradients(actual, headActual);
        }
    }

    private void assertGradients(float[] actual, float[] headActual) {
        double[] expected = new double[TOKENS * WIDTH];
        double[] headExpected = new double[VOCABULARY * WIDTH];
        for (int t = 0; t < TOKENS; t++) {
            double[] p = probabilities(t);
            for (int id = 0; id < VOCABULARY && targets[t] != Batch.IGNORED; id++) {
                double d = (p[id] - (id == targets[t] ? 1 : 0)) / batch.targetCount();
                for (int c = 0; c < WIDTH; c++) {
                    expected[t * WIDTH + c] += d * head[id * WIDTH + c];
                    headExpected[id * WIDTH + c] += d * hidden[t * WIDTH + c];
                }
            }
        }
        assertThat(doubles(actual)).containsExactly(expected, within(1e-6));
        assertThat(doubles(headActual)).containsExactly(headExpected, within(1e-6));
    }

    private double expectedLoss(int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum -= targets[t] == Batch.IGNORED ? 0 : Math.log(probabilities(t)[targets[t]]);
        }
        return sum;
    }

    private double[] probabilities(int t) {
        double[] p = new double[VOCABULARY];
        for (int id = 0; id < VOCABULARY; id++) {
            double logit = 0;
            for (int c = 0; c < WIDTH; c++) {
                logit += (double) hidden[t * WIDTH + c] * head[id * WIDTH + c];
            }
            p[id] = Math.exp(logit);
        }
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / sum).toArray();
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static float[] uniform(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }
}
