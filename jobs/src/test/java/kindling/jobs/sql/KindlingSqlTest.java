package kindling.jobs.sql;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import kindling.jobs.LocalSpark;
import kindling.jobs.UserError;
import kindling.jobs.infer.TinyCheckpoint;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindlingSqlTest {
    private static final String STORY =
            "The miller sold a clock. The clock was old, and the clock rang at noon. Nobody heard it. The miller laughed.";

    @TempDir
    Path folder;

    private SparkSession spark;

    @BeforeEach
    void openASessionWithACheckpointAndATable() throws IOException {
        spark = LocalSpark.spark().newSession();
        spark.conf()
                .set(
                        "spark.kindling.checkpoint",
                        TinyCheckpoint.write(folder.resolve("model"), 64, 16, 1).toString());
        spark.conf().set("spark.kindling.max-new-tokens", 4);
        Files.createDirectory(folder.resolve("letters"));
        Files.writeString(folder.resolve("letters/a.jsonl"), """
                {"id": "a", "text": "Write to anna@example.org."}
                {"id": "b", "text": "Grüße"}
                {"id": "c", "text": null}
                {"id": "d", "text": ""}
                {"id": "e", "text": "%s"}
                """.formatted(STORY));
        spark.read().json(folder.resolve("letters").toString()).createOrReplaceTempView("letters");
    }

    private List<Object> column(String sql) {
        return spark.sql(sql).collectAsList().stream().map(row -> row.get(0)).toList();
    }

    @Test
    void redactsInPlainSql() {
        assertThat(column("SELECT kindling_redact(text) FROM letters ORDER BY id"))
                .containsExactly("Write to <EMAIL>.", "Grüße", null, "", STORY);
    }

    @Test
    void countsTheTokensOfTheCheckpointsTokenizer() {
        assertThat(column("SELECT kindling_count_tokens(text) FROM letters ORDER BY id"))
                .containsExactly(26, 7, null, 0, STORY.length());
        assertThat(column("SELECT id FROM letters WHERE kindling_count_tokens(text) > 20 ORDER BY id"))
                .containsExactly("a", "e");
    }

    @Test
    void generatesWhereAPromptFits() {
        List<Object> outputs = column("SELECT kindling_generate(text) FROM letters ORDER BY id");

        assertThat(outputs.subList(0, 2)).doesNotContainNull();
        assertThat(outputs.subList(2, 5)).containsOnlyNulls(); // null, empty, longer than the context
        assertThat(column("SELECT kindling_generate(text) FROM letters ORDER BY id"))
                .isEqualTo(outputs);
    }

    @Test
    void summarizesWithSentencesOfTheTextWhereThereIsNoCheckpoint() {
        spark.conf().unset("spark.kindling.checkpoint");
        spark.conf().set("spark.kindling.max-words", 12);

        List<Object> summaries = column("SELECT kindling_summarize(text) FROM letters ORDER BY id");

        assertThat(summaries.subList(2, 4)).containsOnlyNulls();
        assertThat(summaries.get(4).toString()).startsWith("The ").matches("(\\S+ ){1,11}\\S+\\.");
    }

    @Test
    void summarizesWithTheCheckpointWhereTheTextSupportsIt() {
        assertThat(column("SELECT kindling_summarize(text) FROM letters WHERE id = 'a'"))
                .doesNotContainNull();
    }

    @Test
    void isThreeLinesOfJava() {
        spark.conf().set("spark.kindling.entities", "EMAIL");
        var letters = spark.read().json(folder.resolve("letters").toString());
        var redacted = letters.select(
                Functions.redact(col("text")),
                Functions.summarize(col("text")),
                Functions.generate(col("text")),
                Functions.countTokens(col("text")));

        assertThat(redacted.count()).isEqualTo(5);
        assertThat(redacted.first().getString(0)).isEqualTo("Write to <EMAIL>.");
    }

    @Test
    void worksInStructuredStreaming() throws TimeoutException, StreamingQueryException {
        StreamingQuery query = spark.readStream()
                .schema("id STRING, text STRING")
                .json(folder.resolve("letters").toString())
                .selectExpr("id", "kindling_redact(text) AS text", "kindling_generate(text) AS output")
                .writeStream()
                .format("memory")
                .queryName("streamed")
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();

        List<Row> rows = spark.table("streamed").orderBy("id").collectAsList();
        assertThat(rows).hasSize(5);
        assertThat(rows.get(0).getString(1)).isEqualTo("Write to <EMAIL>.");
        assertThat(rows.get(1).getString(2)).isNotNull();
    }

    private String settings() {
        SQLConf conf = new SQLConf();
        conf.setConfString("spark.kindling.checkpoint", folder.resolve("model").toString());
        return Settings.of(conf).json();
    }

    @Test
    void aCheckpointIsLoadedOnceAndAgainWhenItChanges() throws IOException {
        String settings = settings();
        TinyCheckpoint.write(folder.resolve("model"), 64, 16, 2);

        assertThat(Loaded.of(settings).tokenizer()).isSameAs(Loaded.of(settings).tokenizer());
        assertThat(Loaded.of(settings())).isNotSameAs(Loaded.of(settings));
    }

    @Test
    void mistakesAreSaidBeforeAnythingRuns() {
        assertThatThrownBy(() -> spark.sql("SELECT kindling_redact(text, 1) FROM letters"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kindling_redact takes one text, got 2 arguments");
        spark.conf().set("spark.kindling.max-new-tokens", "many");
        assertThatThrownBy(() -> spark.sql("SELECT kindling_generate(text) FROM letters"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("spark.kindling.max-new-tokens must be a whole number >= 1, got many");
        spark.conf().unset("spark.kindling.max-new-tokens");
        spark.conf().unset("spark.kindling.checkpoint");
        assertThatThrownBy(() -> spark.sql("SELECT kindling_generate(text) FROM letters"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("kindling_generate needs a checkpoint: SET spark.kindling.checkpoint = DIR");
    }
}
