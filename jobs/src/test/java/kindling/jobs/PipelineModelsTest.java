package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kindling.model.TransformerConfig;
import kindling.prep.rouge.Rouge;
import kindling.prep.summary.Support;
import kindling.prep.token.Tokenizer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jobs that train, use and judge models left. */
@ExtendWith(TinyPipeline.Shared.class)
class PipelineModelsTest {
    private final WorkFolder work;

    PipelineModelsTest(TinyPipeline pipeline) {
        work = pipeline.work();
    }

    private Tokenizer tokenizer() throws IOException {
        return Tokenizer.parse(Files.readString(work.resolve("tokenizer/tokenizer.json")));
    }

    @Test
    void trainLeavesACheckpointWithItsTokenizerAndItsProvenance() throws IOException {
        assertThat(work.resolve("model/tokenizer.json"))
                .hasSameTextualContentAs(work.resolve("tokenizer/tokenizer.json"));
        TransformerConfig config = TransformerConfig.fromJson(Files.readString(work.resolve("model/config.json")));
        assertThat(config.endId()).isEqualTo(tokenizer().endOfText());
        assertThat(Files.readString(work.resolve("model/trainer_state.json")))
                .contains("\"step\" : 4")
                .contains("\"round\" : 2")
                .contains("\"provenance\"");
        assertThat(Files.readAllLines(work.resolve("model/train.jsonl"))).hasSize(2);
        assertThat(work.report("model").path("loss_last").asDouble()).isBetween(1.0, 8.0);
    }

    @Test
    void aModelIsNotJudgedByShardsOfAnotherTokenizer() throws IOException {
        Path other = Files.createDirectories(work.resolve("other"));
        Files.copy(work.resolve("model/config.json"), other.resolve("config.json"));
        Files.copy(work.resolve("model/model.safetensors"), other.resolve("model.safetensors"));
        Files.writeString(
                other.resolve("tokenizer.json"), Files.readString(work.resolve("model/tokenizer.json")) + "\n");

        CommandLineRun run = work.attempt("score", "unlike", "--metric=loss", "--input=@shards", "--checkpoint=@other");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("made with another tokenizer than that of the checkpoint");
    }

    @Test
    void pairsTakeTheFirstSentenceOut() {
        Row pair = work.rows("pairs").stream()
                .filter(row -> row.getString(0).equals("story-03"))
                .findFirst()
                .orElseThrow();

        assertThat(pair.schema().fieldNames()).containsExactly("id", "document", "summary", "source");
        String story = TinyCorpus.story(3);
        assertThat(story).startsWith(pair.getString(2)).endsWith(pair.getString(1));
        assertThat(work.rows("pairs").size() + work.rows("pairs/_rejected").size())
                .isEqualTo(TinyPipeline.CLEAN_DOCUMENTS);
    }

    @Test
    void finetuneRemembersItsTemplateAndLeavesNoLessons() throws IOException {
        assertThat(Files.readString(work.resolve("summarizer/trainer_state.json")))
                .contains("{document}\\n\\nSummary:");
        assertThat(work.resolve("summarizer/_lessons")).doesNotExist();
        assertThat(work.report("summarizer").path("rows_in").asInt())
                .isEqualTo(work.rows("pairs").size());
        assertThat(work.resolve("summarizer/model.safetensors")).isNotEmptyFile();
        assertThat(Files.mismatch(
                        work.resolve("summarizer/model.safetensors"), work.resolve("model/model.safetensors")))
                .isNotNegative();
    }

    @Test
    void generateSaysWhichPromptsDoNotFit() {
        List<Row> rows = work.rows("continued");

        assertThat(rows).hasSize(TinyPipeline.CLEAN_DOCUMENTS);
        assertThat(rows.get(0).schema().fieldNames())
                .startsWith("id", "text")
                .endsWith(
                        "output",
                        "error",
                        "finish_reason",
                        "prompt_tokens",
                        "completion_tokens",
                        "method",
                        "chunks",
                        "dropped_tokens",
                        "support",
                        "dropped_spans",
                        "replaced_sentences");
        assertThat(rows).allSatisfy(row -> {
            boolean failed = row.getAs("error") != null;
            assertThat(row.<String>getAs("finish_reason")).isIn(failed ? List.of("error") : List.of("stop", "length"));
            assertThat(row.<String>getAs("output") == null).isEqualTo(failed);
            if (failed) {
                assertThat(row.<String>getAs("error")).startsWith("PromptTooLong: ");
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"auto", "abstractive", "extractive", "lead"})
    void summarizeAnswersEveryRow(String method) {
        List<Row> rows = work.rows(method);

        assertThat(rows).hasSameSizeAs(work.rows("pairs"));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.<String>getAs("error")).isNull();
            double support = Support.of(row.getAs("document"), row.getAs("output"));
            assertThat(row.<Double>getAs("support")).isEqualTo(support);
        });
        assertThat(rows)
                .extracting(row -> row.<String>getAs("method"))
                .isSubsetOf(method.equals("auto") ? List.of("abstractive", "extractive", "auto") : List.of(method));
    }

    @Test
    void abstractiveSaysHowMuchOfADocumentWasNotRead() {
        assertThat(work.rows("abstractive")).allSatisfy(row -> {
            assertThat(row.<Integer>getAs("dropped_tokens")).isPositive();
            assertThat(row.<Integer>getAs("prompt_tokens")).isEqualTo(96 - 8);
            assertThat(row.<Integer>getAs("completion_tokens")).isBetween(0, 8);
            String document = row.getAs("document");
            List<scala.collection.Seq<Integer>> dropped = row.getList(row.fieldIndex("dropped_spans"));
            assertThat(dropped).hasSize(1);
            assertThat(dropped.get(0).apply(1)).isEqualTo(document.codePointCount(0, document.length()));
        });
        assertThat(work.report("abstractive").path("rows_cut").asInt())
                .isEqualTo(work.rows("pairs").size());
    }

    @Test
    void rowsWithNumbersAsIdsAreAnsweredToo() throws IOException {
        Files.writeString(work.resolve("numbered.jsonl"), """
                {"id": 1, "text": "The miller sold a clock. It rang at noon."}
                {"id": 2, "text": null}
                """);

        work.run("summarize", "numbered", "--input=@numbered.jsonl", "--method=lead");

        assertThat(LocalSpark.spark()
                        .read()
                        .parquet(work.resolve("numbered").toString())
                        .orderBy("id")
                        .collectAsList())
                .extracting(row -> row.<String>getAs("finish_reason"))
                .containsExactly("stop", "error");
    }

    @Test
    void aPromptTemplateThatFillsTheContextIsRefused() {
        String template = "word ".repeat(96) + "{document}";

        CommandLineRun run = work.attempt(
                "summarize",
                "no-room",
                "--input=@pairs",
                "--checkpoint=@summarizer",
                "--method=abstractive",
                "--prompt-template=" + template);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--prompt-template").doesNotContain("\tat ");
    }

    @Test
    void rougeIsTheMeanOfTheRows() {
        Map<String, String> references =
                work.rows("pairs").stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(2)));

        assertThat(work.rows("rouge")).hasSameSizeAs(references.keySet()).allSatisfy(row -> {
            Rouge.Scores scores = Rouge.of(references.get(row.getString(0)), row.getString(1), Rouge.Reading.PLAIN);
            assertThat(row.<Double>getAs("rougeL")).isEqualTo(scores.rougeL().f1());
        });
        double mean = work.rows("rouge").stream()
                .mapToDouble(row -> row.getAs("rouge1"))
                .average()
                .orElseThrow();
        assertThat(work.report("rouge").path("f1").path("rouge1").asDouble()).isCloseTo(mean, within(1e-12));
        assertThat(work.report("rouge").path("examples")).hasSize(5);
    }

    @Test
    void extractedSentencesAreWhollySupported() {
        assertThat(work.report("faithfulness").path("support").asDouble()).isEqualTo(1.0);
    }

    @Test
    void perplexityCountsEveryToken() {
        long tokens = work.rows("encoded").stream()
                .mapToLong(row -> row.getList(1).size())
                .sum();

        assertThat(work.report("perplexity").path("tokens").asLong()).isEqualTo(tokens);
        assertThat(work.report("perplexity").path("perplexity").asDouble()).isBetween(2.0, 600.0);
        assertThat(work.report("perplexity").path("bits_per_byte").asDouble()).isPositive();
    }
}
