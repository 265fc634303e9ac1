package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import kindling.jobs.infer.TinyCheckpoint;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of {@code summarize} meets, with a model that has one choice of what to write. */
class SummarizeJobTest {
    private static final String SUPPORTED = "The miller sold the old clock to a friend.";
    private static final String INVENTED = "Peter Brown bought 700 ships in Norway.";

    @TempDir
    Path folder;

    @AfterAll
    static void leaveTheSessionAsItWas() {
        LocalSpark.fewPartitions();
    }

    private Map<String, Row> summaries(String method) throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id": "all", "text": "%1$s %2$s"}
                {"id": "some", "text": "%1$s The clock rang at noon every day."}
                {"id": "none", "text": "It rained on the whole valley. Nobody went out."}
                """.formatted(SUPPORTED, INVENTED));
        String output = folder.resolve(method).toString();
        CommandLineRun run = CommandLineRun.of(
                "summarize",
                "--method=" + method,
                "--input=" + rows,
                "--output=" + output,
                "--checkpoint=" + TinyCheckpoint.write(folder.resolve("model"), 256, 16, 1),
                "--choices=" + SUPPORTED + " " + INVENTED,
                "--partitions=2");
        assertThat(run.code()).as(run.err()).isZero();
        return LocalSpark.spark().read().parquet(output).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("id"), row -> row));
    }

    private static void assertSummary(Row row, String method, int replaced, double support) {
        assertThat(row.<String>getAs("method")).isEqualTo(method);
        assertThat(row.<Integer>getAs("replaced_sentences")).isEqualTo(replaced);
        assertThat(row.<Double>getAs("support")).isEqualTo(support);
        assertThat(row.<String>getAs("error")).isNull();
        assertThat(row.<Integer>getAs("completion_tokens")).isEqualTo((SUPPORTED + " " + INVENTED).length());
    }

    @Test
    void autoPutsSentencesOfTheDocumentInPlaceOfThoseThatItDoesNotSupport() throws IOException {
        Map<String, Row> summaries = summaries("auto");

        assertSummary(summaries.get("all"), "abstractive", 0, 1);
        assertThat(summaries.get("all").<String>getAs("output")).isEqualTo(SUPPORTED + " " + INVENTED);
        assertSummary(summaries.get("some"), "auto", 1, 1);
        assertThat(summaries.get("some").<String>getAs("output"))
                .isEqualTo(SUPPORTED + " The clock rang at noon every day.");
        assertSummary(summaries.get("none"), "extractive", 2, 1);
        assertThat(summaries.get("none").<String>getAs("output"))
                .isSubstringOf("It rained on the whole valley. Nobody went out.");
    }

    @Test
    void abstractiveLeavesWhatTheModelWroteAndSaysHowMuchOfItTheDocumentSupports() throws IOException {
        Map<String, Row> summaries = summaries("abstractive");

        assertSummary(summaries.get("all"), "abstractive", 0, 1);
        assertSummary(summaries.get("some"), "abstractive", 0, 0.5);
        assertSummary(summaries.get("none"), "abstractive", 0, 0);
    }
}
