package kindling.model.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.model.average.Strategy.Contribution;
import kindling.model.average.Strategy.State;
import kindling.model.checkpoint.Golden;
import kindling.model.checkpoint.SafeTensors.Tensor;
import org.junit.jupiter.api.Test;

/** Rounds of every strategy, against those of a reference that trains the same replicas. */
class ReferenceRoundsTest {
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
}
