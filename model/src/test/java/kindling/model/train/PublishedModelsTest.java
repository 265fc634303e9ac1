package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.checkpoint.CheckpointFolder;
import kindling.model.checkpoint.Golden;
import org.junit.jupiter.api.Test;

/** Losses and logits of published checkpoints, by the network that trains. */
class PublishedModelsTest {
    private static final int EVERY = 200; // the logits that the reference lists

    @Test
    void givesTheReferenceLossOfAText() throws IOException {
        for (Path folder : Golden.models()) {
            JsonNode example = Golden.json(folder, "golden.json").path("nll_example");
            if (example.isObject()) {
                Batch batch = Batch.of(new int[][] {Golden.ints(example.get("ids"))});
                try (Learner learner = learner(folder, batch)) {
                    assertThat(learner.evaluate(batch).meanLoss())
                            .as(folder.toString())
                            .isEqualTo(example.get("mean_nll_nats").asDouble(), within(1e-5));
                }
            }
        }
    }

    @Test
    void givesTheReferenceLogitsOfEveryPosition() throws IOException {
        for (Path folder : Golden.models()) {
            JsonNode golden = Golden.json(folder, "golden.json").path("prompt_logits_every_" + EVERY);
            if (golden.isObject()) {
                Batch batch = batch(golden.get("input_ids"));
                try (Learner learner = learner(folder, batch)) {
                    double[] expected = Golden.doubles(golden.get("values"));
                    double tolerance = golden.get("tol").asDouble();

                    assertThat(some(learner.logits(batch), config(folder).vocabularySize()))
                            .as(folder.toString())
                            .containsExactly(expected, within(tolerance));
                }
            }
        }
    }

    /** Of each row of (N, V), the logits 0, 200, ... */
    private static double[] some(float[] logits, int vocabulary) {
        List<Double> some = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            if (i % vocabulary % EVERY == 0) {
                some.add((double) logits[i]);
            }
        }
        return some.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Rows whose last position predicts nothing that matters. */
    private static Batch batch(JsonNode rows) {
        int[][] ids = new int[rows.size()][];
        for (int row = 0; row < ids.length; row++) {
            int[] inputs = Golden.ints(rows.get(row));
            ids[row] = Arrays.copyOf(inputs, inputs.length + 1); // (T) -> (T + 1)
        }
        return Batch.of(ids);
    }

    private static Learner learner(Path folder, Batch batch) throws IOException {
        TransformerConfig config = config(folder);
        Learner learner = new Learner(config, AdamW.defaults(), batch.rows(), batch.length());
        learner.parameters(Checkpoint.readModel(CheckpointFolder.of(folder), config));
        return learner;
    }

    private static TransformerConfig config(Path folder) throws IOException {
        return TransformerConfig.fromJson(Files.readString(folder.resolve("config.json")));
    }
}
