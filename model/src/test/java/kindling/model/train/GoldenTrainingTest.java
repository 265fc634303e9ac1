package kindling.model.train;

import static kindling.model.train.Reference.largestDifference;
import static kindling.model.train.Reference.named;
import static kindling.model.train.Reference.relativeError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.checkpoint.Golden;
import kindling.model.checkpoint.SafeTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward, backward and update against a float64 reference, for every causal model among the golden values. */
class GoldenTrainingTest {

    private static final int STEPS = 10;

    static List<Path> models() {
        return Golden.cases("causal-lm/");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void logitsEqualTheReference(Path model) throws IOException {
        Batch batch = batch(Golden.json(model, "case.json").get("plain"));
        float[] expected =
                Golden.tensors(model, "logits.safetensors").get("logits").values();

        try (Learner learner = learner(model, batch)) {
            float[] logits = learner.logits(batch);

            assertThat(largestDifference(logits, expected)).isLessThan(5e-5);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void lossAndItsRowsEqualTheReference(Path model) throws IOException {
        JsonNode golden = Golden.json(model, "case.json");
        Batch batch = batch(golden.get("plain"));

        try (Learner learner = learner(model, batch)) {
            Step step = learner.evaluate(batch);

            assertThat(step.meanLoss()).isCloseTo(golden.at("/plain/loss").asDouble(), within(1e-5));
            assertThat(step.targets()).isEqualTo(golden.at("/plain/token_count").asInt());
            assertThat(learner.evaluateRows(batch))
                    .containsExactly(Golden.doubles(golden.at("/accumulation/per_row_nll_sum")), within(1e-4));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void everyGradientEqualsTheReference(Path model) throws IOException {
        JsonNode plain = Golden.json(model, "case.json").get("plain");
        Batch batch = batch(plain);
        Map<String, SafeTensors.Tensor> expected = Golden.tensors(model, "grads.safetensors");

        try (Learner learner = learner(model, batch)) {
            learner.gradients(List.of(batch), 0);
            Map<String, float[]> gradients = named(config(model), learner.gradients());
            Step step = learner.step(batch, 1e-3);

            assertThat(gradients).hasSameSizeAs(expected);
            expected.forEach((name, tensor) -> assertThat(relativeError(gradients.get(name), tensor.values()))
                    .as(name)
                    .isLessThan(1e-4));
            double norm = plain.get("grad_norm").asDouble();
            assertThat(step.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void tenStepsOfAdamWEndWhereTheReferenceEnds(Path model) throws IOException {
        JsonNode golden = Golden.json(model, "case.json").get("adamw10");
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            batches.add(
                    batch(golden.get("input_ids").get(i), golden.get("targets").get(i)));
        }
        double[] losses = Golden.doubles(golden.get("loss_before_each_step"));
        double[] norms = Golden.doubles(golden.get("grad_norm_before_clip"));
        double[] rates = Golden.doubles(golden.get("lr"));

        try (Learner learner = learner(model, batches.get(0))) {
            for (int i = 0; i < STEPS; i++) {
                Step step = learner.step(batches.get(i), rates[i]);

                assertThat(step.meanLoss()).as("loss %d", i).isCloseTo(losses[i], within(5e-5));
                assertThat(step.gradientNorm()).as("norm %d", i).isCloseTo(norms[i], within(5e-5 * norms[i]));
            }
            assertParametersClose(config(model), learner.parameters(), Golden.tensors(model, "adamw10.safetensors"));
        }
    }

    private static void assertParametersClose(
            TransformerConfig config, float[] theta, Map<String, SafeTensors.Tensor> expected) throws IOException {
        Map<String, float[]> actual = named(config, theta);
        assertThat(actual).hasSameSizeAs(expected);
        double squares = 0;
        for (Map.Entry<String, SafeTensors.Tensor> entry : expected.entrySet()) {
            float[] values = actual.get(entry.getKey());
            float[] reference = entry.getValue().values();
            if (entry.getKey().endsWith("c_attn.bias")) {
                // The gradient of a key's bias is 0 in theory, and its noise is what Adam normalises.
                System.arraycopy(reference, config.width(), values, config.width(), config.width());
            }
            assertThat(largestDifference(values, reference)).as(entry.getKey()).isLessThan(2e-3);
            squares += squaredDifference(values, reference);
        }
        assertThat(Math.sqrt(squares / theta.length)).as("rms").isLessThan(1e-5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void scheduleGivesTheReferenceRates(Path model) {
        double[] rates = Golden.doubles(Golden.json(model, "case.json").at("/adamw10/lr"));
        double peak = rates[2];
        Schedule schedule = new Schedule(peak, peak / 10, 3, STEPS);

        for (int i = 0; i < STEPS; i++) {
            assertThat(schedule.rate(i)).isCloseTo(rates[i], within(1e-15));
        }
    }

    private static Learner learner(Path model, Batch batch) throws IOException {
        TransformerConfig config = config(model);
        Learner learner = new Learner(config, AdamW.defaults(), batch.rows(), batch.length());
        try (InputStream in = Files.newInputStream(model.resolve("model.safetensors"))) {
            learner.parameters(Checkpoint.readModel(in, config));
        }
        return learner;
    }

    private static TransformerConfig config(Path model) {
        return TransformerConfig.fromJson(Golden.json(model, "config.json").toString());
    }

    private static Batch batch(JsonNode plain) {
        return batch(plain.get("input_ids"), plain.get("targets"));
    }

    private static Batch batch(JsonNode ids, JsonNode targets) {
        int length = ids.get(0).size();
        int[] inputs = new int[ids.size() * length];
        int[] predicted = new int[inputs.length];
        for (int b = 0; b < ids.size(); b++) {
            System.arraycopy(Golden.ints(ids.get(b)), 0, inputs, b * length, length);
            System.arraycopy(Golden.ints(targets.get(b)), 0, predicted, b * length, length);
        }
        return new Batch(ids.size(), length, inputs, predicted);
    }

    private static double squaredDifference(float[] actual, float[] expected) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.pow((double) actual[i] - expected[i], 2);
        }
        return sum;
    }
}
