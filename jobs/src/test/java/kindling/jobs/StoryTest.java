package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {
    @TempDir
    Path work;

    private final Story story = new Story();

    private void step(String name, String report) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Files.writeString(folder.resolve(Report.FILE), report);
        story.add(new Recipe.Step(name, name, List.of()), Storage.absolute(folder.toString()));
    }

    @Test
    void tellsWhereDocumentsWent() throws IOException {
        step(
                "ingest",
                "{\"rows_in\": 1200, \"rows_out\": 1000, \"bytes_out\": 9,"
                        + " \"rejected\": {\"empty\": 20, \"not_text\": 180}}");
        step(
                "redact",
                "{\"rows_in\": 1000, \"rows_out\": 1000, \"bytes_out\": 9, \"rejected\": {},"
                        + " \"findings\": {\"EMAIL\": 3, \"PHONE\": 12}}");

        assertThat(story.text().lines())
                .contains("ingest                  1,200      1,000        200  not_text 180, empty 20")
                .contains("redact replaced PHONE 12, EMAIL 3")
                .contains("Everything lies in " + Storage.absolute(work.toString()));
    }

    @Test
    void comparesTheLossWithTheEntropyOfSingleTokens() throws IOException {
        step("tokens", "{\"tokens\": 5000, \"unigram_entropy_nats\": 6.5}");
        step(
                "train",
                "{\"steps\": 10, \"parameters\": 1234567, \"tokens\": 4000, \"loss_first\": 9.01, \"loss_last\": 4.5,"
                        + " \"tokens_per_second\": 2000.4, \"train_seconds\": 2.0}");

        assertThat(story.text())
                .contains("tokens: 5,000 tokens, unigram entropy 6.500 nats a token")
                .contains("train: 1,234,567 parameters, 4,000 tokens, loss 9.010 -> 4.500, 2,000 tokens/s, 2 s");
    }

    @Test
    void laysScoresBelowEachOtherAndShowsExamples() throws IOException {
        step(
                "score-model",
                "{\"scored\": 7, \"f1\": {\"rouge1\": 0.4, \"rouge2\": 0.2, \"rougeL\": 0.3, \"rougeLsum\": 0.35},"
                        + " \"examples\": [{\"id\": \"1\", \"source\": \"a.html\", \"reference\": \"The\\n kettle sings.\","
                        + " \"output\": \"A kettle.\"}]}");
        step("perplexity", "{\"scored\": 7, \"perplexity\": 12.345, \"bits_per_byte\": 1.5}");

        assertThat(story.text())
                .contains("score-model                 40.00    20.00    30.00      35.00        7")
                .contains("perplexity: perplexity 12.35 a token, 1.500 bits a byte")
                .contains("  page       a.html\n  reference  The kettle sings.\n  summary    A kettle.");
    }

    @Test
    void aPercentSignInADocumentIsNoFormat() throws IOException {
        step(
                "score",
                "{\"f1\": {}, \"examples\": [{\"id\": \"1\", \"reference\": \"100 % and %d\", \"output\": \"%s\"}]}");

        assertThat(story.text()).contains("100 % and %d");
    }

    @Test
    void withoutReportsItStaysAlmostSilent() {
        story.add(
                new Recipe.Step("fetch", "fetch", List.of()),
                Storage.absolute(work.resolve("none").toString()));

        assertThat(story.text()).doesNotContain("Everything lies in");
    }
}
