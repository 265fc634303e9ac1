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
import java.util.stream.IntStream;
import kindling.model.average.Strategy.Contribution;
import kindling.model.average.Strategy.State;
import kindling.model.checkpoint.Golden;
import kindling.model.checkpoint.SafeTensors.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {
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

    /** Trains the case's replicas for its rounds, and expects the parameters it lists after each. */
    private static void rounds(Path folder, String mode, Strategy strategy) {
        JsonNode golden = Golden.json(folder, "case.json");
        Map<String, Tensor> tensors = Golden.tensors(folder, "params.safetensors");
        int features = golden.get("features").asInt();
        int classes = golden.get("classes").asInt();
        int workers =
                golden.get(mode).path("workers").asInt(golden.get("workers").asInt());
        JsonNode lost = golden.get(mode).path("lost");
        List<SoftmaxReplica> replicas = IntStream.range(0, workers)
                .mapToObj(k -> new SoftmaxReplica(features, classes))
                .toList();
        State state = State.initial(theta(tensors, "init"));
        for (int round = 0; round < golden.get("rounds").asInt(); round++) {
            List<Contribution> contributions = new ArrayList<>();
            for (int k = 0; k < workers; k++) {
                replicas.get(k).start(state.parameters());
                train(replicas.get(k), golden, tensors.get("x"), round, k, mode);
                boolean arrives =
                        lost.path("worker").asInt(-1) != k || lost.path("round").asInt() != round + 1;
                if (arrives) {
                    contributions.add(new Contribution(k, 1, replicas.get(k).parameters()));
                }
            }
            state = strategy.finish(state, Strategy.mean(contributions));
            float[] expected = theta(tensors, mode + ".round" + (round + 1));
            assertThat(state.parameters()).as("%s round %s", mode, round + 1).containsExactly(expected, within(2e-5f));
        }
    }

    private static void train(SoftmaxReplica replica, JsonNode golden, Tensor x, int round, int k, String mode) {
        int steps = golden.get("local_steps").asInt();
        int workers = golden.get("workers").asInt();
        JsonNode losses =
                golden.get(mode).get("losses_round_worker_step").get(round).get(k);
        int batch = golden.get("batch").asInt() * golden.get("features").asInt();
        for (int h = 0; h < steps; h++) {
            int[] labels = Golden.ints(golden.get("labels").get(round).get(k).get(h));
            int offset = ((round * workers + k) * steps + h) * batch; // x (R, K, H, B, D)
            double loss = replica.step(
                    x.values(), offset, labels, golden.get("inner_lr").asDouble());
            assertThat(loss).isEqualTo(losses.get(h).asDouble(), within(2e-5));
        }
    }

    private static float[] theta(Map<String, Tensor> tensors, String name) {
        float[] w = tensors.get(name + ".W").values();
        float[] b = tensors.get(name + ".b").values();
        float[] theta = Arrays.copyOf(w, w.length + b.length);
        System.arraycopy(b, 0, theta, w.length, b.length);
        return theta;
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
            State whole = strategy.finish(state, Strategy.mean(contributions));
            for (int begin = 0; begin < 1000; begin += 137) {
                int from = begin;
                int to = Math.min(1000, begin + 137);
                List<Contribution> slices = contributions.stream()
                        .map(c -> new Contribution(c.replica(), c.weight(), Arrays.copyOfRange(c.values(), from, to)))
                        .toList();
                State slice = strategy.finish(slice(state, from, to), Strategy.mean(slices));
                assertThat(slice.parameters())
                        .containsExactly(slice(whole, from, to).parameters());
                assertThat(slice.momentum())
                        .containsExactly(slice(whole, from, to).momentum());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void dilocoWithRateOneAndNoMomentumIsTheAverageToTheBit(long seed) {
        Random random = new Random(seed);
        State state = State.initial(values(random, 1000));
        float[] mean = Strategy.mean(contributions(random, 3, 1000));

        assertThat(new Diloco(1, 0).finish(state, mean).parameters())
                .containsExactly(new Average().finish(state, mean).parameters());
    }

    @Test
    void finishDoesNotChangeItsInput() {
        for (Strategy strategy : Strategy.ALL) {
            State state = new State(new float[] {1, 2}, new float[] {3, 4});
            strategy.finish(state, new float[] {5, 6});
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
                .hasMessage("strategy must be one of [average, diloco], got median");
        assertThatThrownBy(() -> new Diloco(0, 1)).hasMessageContaining("got 0.0 and 1.0");
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
