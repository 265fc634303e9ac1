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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.checkpoint.Golden;
import kindling.model.checkpoint.SafeTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed documents and prefixes against a float64 reference, for every causal model that has such golden values. */
class GoldenMaskTest {

    static Stream<Arguments> cases() {
        return Golden.cases("causal-lm/").stream()
                .flatMap(model -> Stream.of("packing_reset", "packing_running", "prefix_lm")
                        .filter(name -> Files.exists(model.resolve(name + ".safetensors")))
                        .map(name -> Arguments.of(model, name)));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("cases")
    void lossLogitsAndGradientsEqualTheReference(Path model, String name) throws IOException {
        JsonNode golden = Golden.json(model, "case.json");
        TransformerConfig config =
                TransformerConfig.fromJson(Golden.json(model, "config.json").toString());
        Batch batch = batch(golden, name);
        JsonNode expected = name.equals("prefix_lm")
                ? golden.get("prefix_lm")
                : golden.get("packing").get(name.substring("packing_".length()));
        Map<String, SafeTensors.Tensor> tensors = Golden.tensors(model, name + ".safetensors");

        try (Learner learner = new Learner(config, AdamW.defaults(), batch.rows(), batch.length());
                InputStream weights = Files.newInputStream(model.resolve("model.safetensors"))) {
            learner.parameters(Checkpoint.readModel(weights, config));
            float[] logits = learner.logits(batch);
            double lossSum = learner.gradients(List.of(batch), 0).lossSum();
            float[] gradients = learner.gradients();
            Step step = learner.step(batch, 1e-3);

            assertThat(largestDifference(logits, tensors.get("logits").values()))
                    .isLessThan(5e-5);
            assertThat(lossSum).isEqualTo(step.lossSum());
            assertThat(step.meanLoss()).isCloseTo(expected.get("loss").asDouble(), within(1e-5));
            double norm = expected.get("grad_norm").asDouble();
            assertThat(step.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
            assertGradients(named(config, gradients), tensors);
        }
    }

    private static void assertGradients(Map<String, float[]> gradients, Map<String, SafeTensors.Tensor> tensors) {
        assertThat(gradients).hasSize(tensors.size() - 1);
        gradients.forEach((name, gradient) -> {
            float[] expected = tensors.get("grad." + name).values();
            assertThat(relativeError(gradient, expected)).as(name).isLessThan(1e-4);
        });
    }

    private static Batch batch(JsonNode golden, String name) {
        boolean prefix = name.equals("prefix_lm");
        JsonNode rows = golden.get(prefix ? "prefix_lm" : "packing");
        int count = rows.get("input_ids").size();
        int length = rows.get("input_ids").get(0).size();
        int[] inputs = flat(rows.get("input_ids"));
        int[] targets = flat(rows.get("targets"));
        if (prefix) {
            return new Batch(count, length, inputs, targets).withPrefixes(Golden.ints(rows.get("prefix_lengths")));
        }
        Batch batch = new Batch(count, length, inputs, targets, flat(rows.get("document_ids")))
                .withinDocuments(name.equals("packing_reset"));
        JsonNode positions = rows.get(name.substring("packing_".length())).get("position_ids");
        assertThat(batch.positions()).containsExactly(flat(positions));
        return batch;
    }

    private static int[] flat(JsonNode rows) {
        return Stream.iterate(0, i -> i + 1)
                .limit(rows.size())
                .flatMapToInt(i -> Arrays.stream(Golden.ints(rows.get(i))))
                .toArray();
    }
}
