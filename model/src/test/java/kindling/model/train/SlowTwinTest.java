package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kindling.model.Batch;
import kindling.model.Biases;
import kindling.model.Layout;
import kindling.model.Nonlinearity;
import kindling.model.Normalization;
import kindling.model.Positions;
import kindling.model.RotaryScaling;
import kindling.model.Shapes;
import kindling.model.SlowTransformer;
import kindling.model.TransformerConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits, loss and gradients of every choice of parts against the obvious transformer in double precision. */
class SlowTwinTest {

    private static final int VOCABULARY = 23;
    /** Each gradient is compared at this many places of every parameter. */
    private static final int PLACES = 6;

    static List<TransformerConfig> shapes() {
        TransformerConfig gpt2 = Shapes.gpt2(VOCABULARY, 17, 2, 3, 15);
        TransformerConfig llama = Shapes.llama(VOCABULARY, 17, 2, 4, 2, 6, 19, 21);
        RotaryScaling scaling = new RotaryScaling(4, 1, 4, 16);
        return List.of(
                gpt2,
                gpt2.toBuilder().biases(Biases.none()).build(),
                Shapes.with(gpt2, Nonlinearity.GELU_ERF, false),
                Shapes.with(gpt2, Nonlinearity.RELU_SQUARED, false),
                llama,
                llama.toBuilder().keyValueHeads(1).tiedHead(false).build(),
                llama.toBuilder().keyValueHeads(4).normEpsilon(1e-3).build(),
                llama.toBuilder().biases(Biases.ofQueriesKeysValues()).build(),
                llama.toBuilder()
                        .positions(new Positions.Rotary(5e5, Optional.of(scaling)))
                        .build(),
                Shapes.queryKeyNorm(llama),
                Shapes.with(Shapes.queryKeyNorm(llama), Nonlinearity.RELU_SQUARED, false),
                Shapes.with(llama, Nonlinearity.GELU_TANH, true),
                llama.toBuilder().logitSoftCap(2).build(),
                Shapes.with(
                                Shapes.queryKeyNorm(Shapes.llama(VOCABULARY, 77, 1, 4, 2, 6, 19, 21)),
                                Nonlinearity.GELU_ERF,
                                true)
                        .toBuilder()
                        .logitSoftCap(4)
                        .build(),
                Shapes.queryKeyNorm(gpt2).toBuilder()
                        .logitSoftCap(3)
                        .keyValueHeads(1)
                        .normalization(Normalization.RMS)
                        .biases(new Biases(false, false, true, true))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void logitsEqualThoseOfTheObviousTransformer(TransformerConfig config) {
        float[] theta = random(config);
        int length = length(config);
        int[] ids = ids(1, length);
        Batch batch = new Batch(1, length, ids, ids(2, length));

        try (Learner learner = learner(config, theta)) {
            float[] logits = learner.logits(batch);

            double[][] expected = twin(config, theta).logits(ids, places(length), (query, key) -> key <= query);
            for (int t = 0; t < length; t++) {
                for (int v = 0; v < VOCABULARY; v++) {
                    assertThat((double) logits[t * VOCABULARY + v]).isCloseTo(expected[t][v], within(5e-5));
                }
            }
        }
    }

    /** Some targets are ignored, and the slope of the obvious loss is taken by central differences. */
    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsAreTheSlopesOfTheObviousLoss(TransformerConfig config) {
        float[] theta = random(config);
        int length = length(config);
        int[] ids = ids(1, length);
        int[] targets = ids(2, length);
        Arrays.fill(targets, 3, 6, Batch.IGNORED);
        Batch batch = new Batch(1, length, ids, targets);

        try (Learner learner = learner(config, theta)) {
            double loss = learner.gradients(List.of(batch), 0).meanLoss();
            float[] gradients = learner.gradients();

            assertThat(loss).isCloseTo(loss(config, theta, 0, 0, ids, targets), within(1e-5));
            for (int place : places(config, ids)) {
                double step = 1e-5;
                double slope = (loss(config, theta, place, step, ids, targets)
                                - loss(config, theta, place, -step, ids, targets))
                        / (2 * step);
                assertThat((double) gradients[place]).as("place %d", place).isCloseTo(slope, within(2e-5));
            }
        }
    }

    private static double loss(
            TransformerConfig config, float[] theta, int place, double step, int[] ids, int[] targets) {
        double[] moved = doubles(theta);
        moved[place] += step;
        return new SlowTransformer(config, moved).loss(ids, places(ids.length), targets, (query, key) -> key <= query);
    }

    private static SlowTransformer twin(TransformerConfig config, float[] theta) {
        return new SlowTransformer(config, doubles(theta));
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static List<Integer> places(TransformerConfig config, int[] ids) {
        SplittableRandom random = new SplittableRandom(5);
        List<Integer> places = new ArrayList<>();
        for (Layout.Parameter parameter : Layout.of(config).parameters()) {
            for (int i = 0; i < PLACES; i++) {
                places.add((int) (parameter.offset() + random.nextLong(parameter.size())));
            }
        }
        places.add(ids[0] * config.width());
        return places;
    }

    private static Learner learner(TransformerConfig config, float[] theta) {
        Learner learner = new Learner(config, AdamW.defaults(), 1, length(config));
        learner.parameters(theta);
        return learner;
    }

    /** Shorter than the context, and longer than a block of queries where that is. */
    private static int length(TransformerConfig config) {
        return config.contextLength() - 4;
    }

    private static int[] ids(int seed, int length) {
        return new SplittableRandom(seed).ints(length, 0, VOCABULARY).toArray();
    }

    private static int[] places(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static float[] random(TransformerConfig config) {
        SplittableRandom random = new SplittableRandom(3);
        float[] theta = new float[(int) config.parameterCount()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return theta;
    }
}
