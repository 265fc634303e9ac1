package kindling.model.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.model.average.Strategy.Contribution;
import kindling.model.average.Strategy.State;
import kindling.model.checkpoint.Golden;
import kindling.model.checkpoint.SafeTensors.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {
    private static final double RATE = 3e-4;

    @Test
    void weighsByTokens() {
        List<Contribution> contributions =
                List.of(new Contribution(0, 3, new float[] {1, 10}), new Contribution(1, 1, new float[] {5, -10}));

        assertThat(Strategy.mean(contributions)).containsExactly(2, 5);
    }

    @Test
    void averageGivesTheReferenceRounds() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            rounds(folder, "average", Strategy.named("average"));
        }
    }

    @Test
    void dilocoGivesTheReferenceRounds() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            rounds(folder, "diloco", Strategy.named("diloco"));
        }
    }

    @Test
    void dilocoGoesOnWithoutALostContribution() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            rounds(folder, "diloco_worker_lost_in_round_2", Strategy.named("diloco"));
        }
    }

    @Test
    void dilocoOfOneReplicaIsPlainTraining() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            rounds(folder, "diloco_identity_k1", new Diloco(1, 0));
        }
    }

    @Test
    void slowMoGivesTheReferenceRounds() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            rounds(folder, "slowmo", Strategy.named("slowmo"));
        }
    }

    @Test
    void momentsAreAveragedAsParametersAre() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            rounds(folder, "average_with_state", Strategy.named("average"));
        }
    }

    /** Trains the case's replicas for its rounds, and expects the parameters it lists after each. */
    private static void rounds(Path folder, String mode, Strategy strategy) {
        Reference golden = new Reference(folder);
        JsonNode settings = golden.json.get(mode);
        int workers = settings.path("workers").asInt(golden.workers);
        JsonNode lost = settings.path("lost");
        List<SoftmaxReplica> replicas = golden.replicas(workers);
        State state = State.initial(golden.theta("init"));
        for (int round = 0; round < golden.rounds; round++) {
            List<Contribution> contributions = new ArrayList<>();
            for (int k = 0; k < workers; k++) {
                replicas.get(k).start(state.parameters());
                train(replicas.get(k), golden, round, k, mode);
                boolean arrives =
                        lost.path("worker").asInt(-1) != k || lost.path("round").asInt() != round + 1;
                if (arrives) {
                    contributions.add(new Contribution(k, 1, replicas.get(k).parameters()));
                }
            }
            if (mode.equals("average_with_state")) {
                averageMoments(replicas);
            }
            state = strategy.finish(state, Strategy.mean(contributions), golden.rate(mode, round));
            golden.assertRound(mode, round, state.parameters());
        }
    }

    private static void train(SoftmaxReplica replica, Reference golden, int round, int k, String mode) {
        JsonNode losses =
                golden.json.get(mode).get("losses_round_worker_step").get(round).get(k);
        boolean plain = golden.json.get(mode).has("lr");
        double rate = golden.rate(mode, round);
        for (int h = 0; h < golden.steps; h++) {
            int[] labels = golden.labels(round, k, h);
            int offset = golden.offset(round, k, h);
            double loss = plain
                    ? replica.sgdStep(golden.x, offset, labels, rate)
                    : replica.step(golden.x, offset, labels, rate);
            assertThat(loss).isEqualTo(losses.get(h).asDouble(), within(2e-5));
        }
    }

    private static void averageMoments(List<SoftmaxReplica> replicas) {
        float[] first = mean(replicas, SoftmaxReplica::firstMoment);
        float[] second = mean(replicas, SoftmaxReplica::secondMoment);
        replicas.forEach(replica -> replica.startMoments(first, second));
    }

    private static float[] mean(List<SoftmaxReplica> replicas, Function<SoftmaxReplica, float[]> values) {
        return Strategy.mean(IntStream.range(0, replicas.size())
                .mapToObj(k -> new Contribution(k, 1, values.apply(replicas.get(k))))
                .toList());
    }

    @Test
    void averagingAfterEachPlainStepIsOneMachineWithTheBatchesOfAll() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            Reference golden = new Reference(folder);
            double rate = golden.json.get("sgd_average_every_step").get("lr").asDouble();
            List<SoftmaxReplica> replicas = golden.replicas(golden.workers);
            State state = State.initial(golden.theta("init"));
            for (int round = 0; round < golden.rounds; round++) {
                for (int h = 0; h < golden.steps; h++) {
                    for (int k = 0; k < golden.workers; k++) {
                        replicas.get(k).start(state.parameters());
                        replicas.get(k).sgdStep(golden.x, golden.offset(round, k, h), golden.labels(round, k, h), rate);
                    }
                    state = new Average().finish(state, mean(replicas, SoftmaxReplica::parameters), rate);
                }
                golden.assertRound("sgd_average_every_step", round, state.parameters());
            }
        }
    }

    @Test
    void stepsOfMeanGradientsAreThoseOfOneMachineWithTheBatchesOfAll() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            Reference golden = new Reference(folder);
            double clip = golden.json.get("sync").get("clip").asDouble();
            SoftmaxReplica one = golden.replicas(1).get(0);
            one.start(golden.theta("init"));
            for (int round = 0; round < golden.rounds; round++) {
                for (int h = 0; h < golden.steps; h++) {
                    List<Contribution> gradients = new ArrayList<>();
                    double loss = 0;
                    for (int k = 0; k < golden.workers; k++) {
                        double[] gradient = new double[one.parameters().length];
                        loss += one.addGradient(
                                golden.x, golden.offset(round, k, h), golden.labels(round, k, h), gradient);
                        gradients.add(new Contribution(k, golden.batch, SoftmaxReplica.floats(gradient)));
                    }
                    double expected = golden.json
                            .get("sync")
                            .get("loss_each_step")
                            .get(round * golden.steps + h)
                            .asDouble();
                    assertThat(loss / golden.workers).isEqualTo(expected, within(2e-5));
                    one.adamw(clipped(Strategy.mean(gradients), clip), golden.rate("sync", round));
                }
                golden.assertRound("sync", round, one.parameters());
            }
        }
    }

    private static double[] clipped(float[] gradient, double clip) {
        double norm = Math.sqrt(IntStream.range(0, gradient.length)
                .mapToDouble(i -> (double) gradient[i] * gradient[i])
                .sum());
        double factor = Math.min(1, clip / (norm + 1e-6));
        return IntStream.range(0, gradient.length)
                .mapToDouble(i -> factor * gradient[i])
                .toArray();
    }

    @Test
    void gradientsOfUnequalSharesWeighByTheirExamples() {
        for (Path folder : Golden.cases("distributed-averaging")) {
            Reference golden = new Reference(folder);
            int[] examples = Golden.ints(golden.json.get("unequal").get("examples_per_worker"));
            SoftmaxReplica replica = golden.replicas(1).get(0);
            replica.start(golden.theta("init"));
            List<Contribution> gradients = new ArrayList<>();
            for (int k = 0; k < examples.length; k++) {
                double[] gradient = new double[replica.parameters().length];
                int[] labels = Arrays.copyOf(golden.labels(0, k, 0), examples[k]);
                replica.addGradient(golden.x, golden.offset(0, k, 0), labels, gradient);
                gradients.add(new Contribution(k, examples[k], SoftmaxReplica.floats(gradient)));
            }

            assertThat(Strategy.mean(gradients)).containsExactly(golden.theta("unequal.grad"), within(1e-6f));
        }
    }

    /** What a case of the reference has. */
    private static final class Reference {
        private final JsonNode json;
        private final Map<String, Tensor> tensors;
        private final int workers;
        private final int rounds;
        private final int steps;
        private final int batch;
        private final int features;
        private final float[] x;

        Reference(Path folder) {
            json = Golden.json(folder, "case.json");
            tensors = Golden.tensors(folder, "params.safetensors");
            workers = json.get("workers").asInt();
            rounds = json.get("rounds").asInt();
            steps = json.get("local_steps").asInt();
            batch = json.get("batch").asInt();
            features = json.get("features").asInt();
            x = tensors.get("x").values();
        }

        List<SoftmaxReplica> replicas(int count) {
            int classes = json.get("classes").asInt();
            return Stream.generate(() -> new SoftmaxReplica(features, classes))
                    .limit(count)
                    .toList();
        }

        int[] labels(int round, int k, int h) {
            return Golden.ints(json.get("labels").get(round).get(k).get(h));
        }

        /** Where a batch starts in x (R, K, H, B, D). */
        int offset(int round, int k, int h) {
            return ((round * workers + k) * steps + h) * batch * features;
        }

        /** Of the replicas' own steps. */
        double rate(String mode, int round) {
            return json.get(mode)
                    .path("lr")
                    .path(round)
                    .asDouble(json.get("inner_lr").asDouble());
        }

        float[] theta(String name) {
            float[] w = tensors.get(name + ".W").values();
            float[] b = tensors.get(name + ".b").values();
            float[] theta = Arrays.copyOf(w, w.length + b.length);
            System.arraycopy(b, 0, theta, w.length, b.length);
            return theta;
        }

        void assertRound(String mode, int round, float[] parameters) {
            assertThat(parameters)
                    .as("%s round %s", mode, round + 1)
                    .containsExactly(theta(mode + ".round" + (round + 1)), within(2e-5f));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void averagingEqualsIsIdentityToTheBit(long seed) {
        Random random = new Random(seed);
        float[] values = values(random, 1000);

        for (int k = 1; k <= 17; k++) {
            List<Contribution> equals = IntStream.range(0, k)
                    .mapToObj(i -> new Contribution(i, 1 + random.nextInt(1 << 30), values))
                    .toList();
            assertThat(Strategy.mean(equals)).containsExactly(values);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void orderOfArrivalDoesNotMatter(long seed) {
        List<Contribution> contributions = new ArrayList<>(contributions(new Random(seed), 9, 1000));
        float[] expected = Strategy.mean(contributions);

        for (int i = 0; i < 10; i++) {
            Collections.shuffle(contributions, new Random(seed * 100 + i));
            assertThat(Strategy.mean(contributions)).containsExactly(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void slicingDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Contribution> contributions = contributions(random, 5, 1000);
        State state = new State(values(random, 1000), values(random, 1000));

        for (Strategy strategy : Strategy.ALL) {
            State whole = strategy.finish(state, Strategy.mean(contributions), RATE);
            for (int begin = 0; begin < 1000; begin += 137) {
                int from = begin;
                int to = Math.min(1000, begin + 137);
                List<Contribution> slices = contributions.stream()
                        .map(c -> new Contribution(c.replica(), c.weight(), Arrays.copyOfRange(c.values(), from, to)))
                        .toList();
                State slice = strategy.finish(slice(state, from, to), Strategy.mean(slices), RATE);
                assertThat(slice.parameters())
                        .containsExactly(slice(whole, from, to).parameters());
                assertThat(slice.momentum())
                        .containsExactly(slice(whole, from, to).momentum());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void rateOneWithoutMomentumIsTheAverageToTheBit(long seed) {
        Random random = new Random(seed);
        State state = new State(values(random, 1000), values(random, 1000));
        float[] mean = Strategy.mean(contributions(random, 3, 1000));

        assertThat(new Diloco(1, 0).finish(state, mean, RATE).parameters()).containsExactly(mean);
        assertThat(new SlowMo(1, 0).finish(state, mean, RATE).parameters()).containsExactly(mean);
        assertThat(new Average().finish(state, mean, RATE).parameters()).containsExactly(mean);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void replicasThatStoodStillChangeNothingToTheBit(long seed) {
        Random random = new Random(seed);
        State state = State.initial(values(random, 1000));
        List<Contribution> equals = IntStream.range(0, 5)
                .mapToObj(k -> new Contribution(k, 1 + random.nextInt(1000), state.parameters()))
                .toList();

        for (Strategy strategy : Strategy.ALL) {
            State next = strategy.finish(state, Strategy.mean(equals), RATE);
            assertThat(next.parameters()).containsExactly(state.parameters());
            assertThat(next.momentum()).containsOnly(0f);
        }
    }

    /** theta 1, mean 3, momentum 10, learning rate 0.5: u = 0.5 * 10 + (1 - 3) / 0.5 = 1; theta - 2 * 0.5 * 1 = 0. */
    @Test
    void slowMoWorkedByHand() {
        State next = new SlowMo(2, 0.5).finish(new State(new float[] {1}, new float[] {10}), new float[] {3}, 0.5);

        assertThat(next.momentum()).containsExactly(1);
        assertThat(next.parameters()).containsExactly(0);
    }

    @Test
    void recipeMaySetTheOuterStep() {
        assertThat(Strategy.named("diloco")).isEqualTo(new Diloco(0.7, 0.9));
        assertThat(Strategy.named("diloco").withRate(0.5).withMomentum(0.8)).isEqualTo(new Diloco(0.5, 0.8));
        assertThat(Strategy.named("slowmo")).isEqualTo(new SlowMo(1, 0.7));
        assertThat(Strategy.named("slowmo").withRate(0.5).withMomentum(0.8)).isEqualTo(new SlowMo(0.5, 0.8));
        assertThatThrownBy(() -> new Average().withRate(0.5))
                .hasMessage(
                        "strategy average has no outer learning rate, got 0.5: leave it out, or take diloco or slowmo");
        assertThatThrownBy(() -> new Average().withMomentum(0.8))
                .hasMessage("strategy average has no outer momentum, got 0.8: leave it out, or take diloco or slowmo");
    }

    @Test
    void finishDoesNotChangeItsInput() {
        for (Strategy strategy : Strategy.ALL) {
            State state = new State(new float[] {1, 2}, new float[] {3, 4});
            strategy.finish(state, new float[] {5, 6}, RATE);
            assertThat(state.parameters()).containsExactly(1, 2);
            assertThat(state.momentum()).containsExactly(3, 4);
        }
    }

    @Test
    void refusesWhatIsNotARound() {
        float[] one = {1};

        assertThatThrownBy(() -> Strategy.mean(List.of())).hasMessageContaining("at least one contribution");
        assertThatThrownBy(() -> Strategy.mean(List.of(new Contribution(0, 1, one), new Contribution(0, 1, one))))
                .hasMessageContaining("different, got 0 after 0");
        assertThatThrownBy(() -> Strategy.mean(List.of(new Contribution(0, 0, one))))
                .hasMessageContaining("positive number of tokens, got 0.0");
        assertThatThrownBy(
                        () -> Strategy.mean(List.of(new Contribution(0, 1, one), new Contribution(1, 1, new float[2]))))
                .hasMessageContaining("must contribute 1 values, got 2");
        assertThatThrownBy(() -> Strategy.named("median"))
                .hasMessage("strategy must be one of [average, diloco, slowmo], got median");
        assertThatThrownBy(() -> new Diloco(0, 1)).hasMessageContaining("got 0.0 and 1.0");
        assertThatThrownBy(() -> new SlowMo(0, 1)).hasMessageContaining("got 0.0 and 1.0");
        assertThatThrownBy(() -> SlowMo.PUBLISHED.finish(State.initial(one), one, 0))
                .hasMessageContaining("learning rate of the round, which must be > 0, got 0.0");
    }

    private static List<Contribution> contributions(Random random, int replicas, int length) {
        return IntStream.range(0, replicas)
                .mapToObj(k -> new Contribution(k, 1 + random.nextInt(100_000), values(random, length)))
                .toList();
    }

    private static State slice(State state, int from, int to) {
        return new State(
                Arrays.copyOfRange(state.parameters(), from, to), Arrays.copyOfRange(state.momentum(), from, to));
    }

    private static float[] values(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(40) - 30));
        }
        return values;
    }
}
