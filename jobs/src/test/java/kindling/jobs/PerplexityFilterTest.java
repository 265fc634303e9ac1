package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kindling.jobs.infer.TinyCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code filter --rules perplexity=DIR}. */
class PerplexityFilterTest {
    private static final int DOCUMENTS = 60;

    /** A model on bytes that has learned nothing finds all 257 ids about as likely. */
    @Test
    void perplexityIsTheSameOnAnyPartitioning(@TempDir Path folder) throws IOException {
        WorkFolder work = new WorkFolder(folder);
        TinyCheckpoint.write(work.resolve("checkpoint"), 256, 16, 1);
        Files.write(work.resolve("texts.jsonl"), TwoKindsOfText.lines("u", DOCUMENTS, 2));

        List<String> one = perplexities(work, 1);

        assertThat(one).hasSize(DOCUMENTS).allMatch(value -> value.matches("2\\d\\d(\\.\\d)? [78](\\.\\d+)?"));
        assertThat(perplexities(work, 7)).isEqualTo(one);
    }

    private static List<String> perplexities(WorkFolder work, int partitions) {
        String output = "in-" + partitions;
        work.run(
                "filter",
                output,
                "--input=@texts.jsonl",
                "--rules=perplexity=@checkpoint",
                "--annotate",
                "--threshold=perplexity_bits_per_byte=9",
                "--partitions=" + partitions);
        return work.rows(output).stream()
                .map(row -> row.<String, String>getMap(row.fieldIndex("meta")))
                .map(meta -> meta.get("perplexity_per_token").get() + " "
                        + meta.get("perplexity_bits_per_byte").get())
                .toList();
    }
}
