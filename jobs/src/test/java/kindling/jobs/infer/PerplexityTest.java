package kindling.jobs.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kindling.jobs.infer.Perplexity.Surprise;
import kindling.jobs.io.InputPath;
import kindling.model.Batch;
import kindling.model.tensor.Precision;
import kindling.model.train.Learner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerplexityTest {
    private static final Path STORIES =
            Path.of(System.getProperty("kindling.data", "../../shared/data"), "models", "stories260K");
    private static final int CONTEXT = 16;
    private static final String TEXT = "A text that is longer than the model's context: it is read in windows.";

    @TempDir
    static Path folder;

    private static Model model;

    @BeforeAll
    static void readModel() throws IOException {
        model = Model.read(
                new InputPath(TinyCheckpoint.write(folder, CONTEXT, 8, 1).toString()));
    }

    private static Surprise surprise(Model model, String text, int stride) {
        try (Perplexity perplexity = new Perplexity(model, stride)) {
            return perplexity.of(text);
        }
    }

    @Test
    void equalsTheReferenceOnAPublishedModel() throws IOException {
        assumeTrue(Files.isDirectory(STORIES), () -> "no model at " + STORIES);
        JsonNode example = new ObjectMapper()
                .readTree(STORIES.resolve("golden.json").toFile())
                .get("nll_example");
        String text = example.get("text").asText();

        Surprise surprise = surprise(Model.read(new InputPath(STORIES.toString())), text, 512);

        assertThat(surprise.tokens()).isEqualTo(example.get("ids").size() - 1);
        assertThat(surprise.lossSum() / surprise.tokens())
                .isEqualTo(example.get("mean_nll_nats").asDouble(), within(1e-4));
        assertThat(surprise.bitsPerByte()).isEqualTo(surprise.lossSum() / Math.log(2) / text.length(), within(1e-12));
    }

    @Test
    void weightsInBytesSurpriseAModelALittleMoreOrLess() throws IOException {
        assumeTrue(Files.isDirectory(STORIES), () -> "no model at " + STORIES);
        String text = "Once upon a time, there was a little girl named Lily. She loved to play outside in the park.";
        InputPath stories = new InputPath(STORIES.toString());

        double exact = surprise(Model.read(stories), text, 512).perplexity();
        double bytes = surprise(Model.read(stories, Precision.INT8), text, 512).perplexity();

        assertThat(bytes).isNotEqualTo(exact).isEqualTo(exact, within(0.02 * exact));
    }

    /** Each id by a batch of its own, from the window that the stride gives it. */
    private static double slow(String text, int stride) {
        int[] ids = model.tokenizer().get().encode(text);
        int[] all = new int[ids.length + 1];
        all[0] = model.tokenizer().get().endOfText();
        System.arraycopy(ids, 0, all, 1, ids.length);
        double sum = 0;
        try (Learner learner = Learner.forEvaluation(model.shape(), 1, CONTEXT)) {
            learner.parameters(model.parameters());
            for (int target = 1; target < all.length; target++) {
                int window = Math.max(0, (target - CONTEXT + stride - 1) / stride);
                int[] seen = Arrays.copyOfRange(all, window * stride, target + 1);
                int[] targets = new int[seen.length - 1];
                Arrays.fill(targets, Batch.IGNORED);
                targets[targets.length - 1] = all[target];
                sum += learner.evaluate(new Batch(1, targets.length, Arrays.copyOf(seen, targets.length), targets))
                        .lossSum();
            }
        }
        return sum;
    }

    @ParameterizedTest(name = "stride {0}")
    @ValueSource(ints = {1, 3, 8, 15, 16})
    void predictsEachIdOnceFromTheFirstWindowThatHasIt(int stride) {
        Surprise surprise = surprise(model, TEXT, stride);

        assertThat(surprise.tokens()).isEqualTo(TEXT.length());
        assertThat(surprise.lossSum()).isEqualTo(slow(TEXT, stride), within(1e-3));
    }

    @Test
    void aTextWithinTheContextIsTheSameAtAnyStride() {
        assertThat(surprise(model, "A short one.", 3)).isEqualTo(surprise(model, "A short one.", CONTEXT));
        assertThat(surprise(model, "", 3)).isEqualTo(Surprise.NONE);
    }

    @Test
    void refusesStridesThatLeaveIdsOut() {
        assertThatThrownBy(() -> new Perplexity(model, CONTEXT + 1))
                .hasMessageContaining("1 to the model's context of 16");
        assertThatThrownBy(() -> new Perplexity(model, 0)).hasMessageContaining("got 0");
    }
}
