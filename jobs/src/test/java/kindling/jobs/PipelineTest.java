package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.TokenShards;
import kindling.model.TransformerConfig;
import kindling.prep.rouge.Rouge;
import kindling.prep.summary.Support;
import kindling.prep.token.Tokenizer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every job on a tiny corpus, one after the other, through the command line; then what each of them left. */
class PipelineTest {
    private static final int RAW_DOCUMENTS = TinyCorpus.STORIES + 3 + 2 + 1; // read without a mistake
    private static final int CLEAN_DOCUMENTS = RAW_DOCUMENTS - 3; // but a short one, a twin and a variant

    private static final TransformerConfig TINY = TransformerConfig.gpt2(300, 96, 1, 2, 16);

    @TempDir
    static Path work;

    @BeforeAll
    static void runEveryJob() throws IOException {
        TinyCorpus.write(work.resolve("raw"));
        Files.writeString(work.resolve("tiny.json"), TINY.toJson());
        run("ingest", "documents", "--input=@raw");
        run("filter", "filtered", "--input=@documents", "--rules=length");
        run("dedup", "distinct", "--input=@filtered", "--threshold=0.6", "--ngram=3", "--bands=40", "--rows=2");
        run("redact", "redacted", "--input=@distinct");
        run("split", "split", "--input=@redacted", "--parts=train=0.6,heldout=0.4");
        run("train-tokenizer", "tokenizer", "--input=@redacted", "--vocab-size=300");
        run("encode", "encoded", "--input=@redacted", "--tokenizer=@tokenizer");
        run("tokenize", "shards", "--input=@redacted", "--tokenizer=@tokenizer");
        run(
                "train",
                "model",
                "--input=@shards",
                "--model=@tiny.json",
                "--steps=4",
                "--local-steps=2",
                "--batch-size=2");
        run("pairs", "pairs", "--input=@redacted");
        run(
                "finetune",
                "summarizer",
                "--input=@pairs",
                "--init=@model",
                "--steps=3",
                "--local-steps=2",
                "--batch-size=2");
        run(
                "generate",
                "continued",
                "--input=@redacted",
                "--checkpoint=@model",
                "--max-new-tokens=8",
                "--prompt-template=The {document}");
        for (String method : List.of("auto", "abstractive", "extractive", "lead")) {
            run(
                    "summarize",
                    method,
                    "--input=@pairs",
                    "--checkpoint=@summarizer",
                    "--method=" + method,
                    "--max-new-tokens=8",
                    "--long=head");
        }
        run("score", "rouge", "--metric=rouge", "--predictions=@lead", "--references=@pairs");
        run("score", "faithfulness", "--metric=faithfulness", "--predictions=@extractive");
        run("score", "perplexity", "--metric=perplexity", "--input=@redacted", "--checkpoint=@model");
    }

    private static CommandLineRun run(String job, String output, String... options) {
        CommandLineRun run = attempt(job, output, options);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    /** {@code @name} is a path in the work folder. */
    private static CommandLineRun attempt(String job, String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(job, "--output=" + work.resolve(output), "--partitions=2"));
        for (String option : options) {
            arguments.add(option.replace("=@", "=" + work + "/"));
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private static List<Row> rows(String table) {
        return LocalSpark.spark()
                .read()
                .parquet(work.resolve(table).toString())
                .orderBy("id")
                .collectAsList();
    }

    private static Map<String, String> texts(String table) {
        return rows(table).stream()
                .collect(Collectors.toMap(
                        row -> row.getString(0),
                        row -> row.<String>getAs("text"),
                        (a, b) -> a + " | " + b,
                        TreeMap::new));
    }

    private static JsonNode report(String output) {
        return Report.in(Storage.absolute(work.resolve(output).toString())).orElseThrow();
    }

    private static Tokenizer tokenizer() throws IOException {
        return Tokenizer.parse(Files.readString(work.resolve("tokenizer/tokenizer.json")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "documents",
                "filtered",
                "distinct",
                "redacted",
                "split",
                "tokenizer",
                "encoded",
                "shards",
                "model",
                "pairs",
                "summarizer",
                "continued",
                "auto",
                "abstractive",
                "extractive",
                "lead",
                "rouge",
                "faithfulness",
                "perplexity"
            })
    void everyOutputIsWholeAndSaysWhereItIsFrom(String output) {
        assertThat(work.resolve(output)).isDirectoryContaining(file -> file.endsWith(Manifest.SUCCESS));
        assertThat(Manifest.in(Storage.absolute(work.resolve(output).toString())))
                .isPresent();
        assertThat(report(output).path("seconds").path("total").asDouble()).isPositive();
        assertThat(work.resolve("." + output + ".unfinished")).doesNotExist();
    }

    @Test
    void ingestKeepsIdsAndNamesSources() {
        List<Row> documents = rows("documents");

        assertThat(documents).hasSize(RAW_DOCUMENTS);
        assertThat(documents.get(0).schema().fieldNames())
                .containsExactly("id", "text", "source", "url", "language", "meta");
        assertThat(texts("documents")).containsEntry("story-03", TinyCorpus.story(3));
        assertThat(documents)
                .extracting(row -> row.<String>getAs("source"))
                .contains("stories.jsonl", "deep/plain.txt", "deep/short.txt", "page.html");
        assertThat(rows("documents/_rejected")).singleElement().satisfies(row -> {
            assertThat(row.getString(1)).isEqualTo("ingest");
            assertThat(row.getString(2)).isEqualTo("invalid_json");
            assertThat(row.getString(3)).startsWith("stories.jsonl: byte ");
        });
        assertThat(report("documents").path("files_in").asInt()).isEqualTo(4);
    }

    @Test
    void ingestTakesTheMainContentOfAPage() {
        Row page = rows("documents").stream()
                .filter(row -> row.<String>getAs("source").equals("page.html"))
                .findFirst()
                .orElseThrow();

        assertThat(page.<String>getAs("text")).isEqualTo(TinyCorpus.story(52));
        assertThat(page.<String, String>getJavaMap(5)).containsEntry("title", "A page");
    }

    @Test
    void filterDropsTheShortDocumentWithItsReason() {
        assertThat(rows("filtered")).hasSize(RAW_DOCUMENTS - 1);
        assertThat(rows("filtered/_rejected"))
                .extracting(row -> row.getString(1) + " " + row.getString(2))
                .containsExactly("filter length_too_short");
    }

    @Test
    void dedupKeepsTheSmallestIdOfEachCluster() {
        assertThat(texts("distinct")).hasSize(CLEAN_DOCUMENTS).containsKey(TinyCorpus.TWICE);
        assertThat(rows("distinct/_rejected"))
                .extracting(row -> row.getString(0) + " " + row.getString(2))
                .containsExactly("twin duplicate_exact", "variant duplicate_near");
        List<Row> clusters = rows("distinct/_clusters");
        assertThat(clusters).hasSize(RAW_DOCUMENTS - 1);
        assertThat(clusters.get(0).schema().fieldNames()).containsExactly("id", "cluster", "kept", "similarity");
        assertThat(clusters)
                .filteredOn(row -> !row.getBoolean(2))
                .allMatch(row -> row.getString(1).equals(TinyCorpus.TWICE));
    }

    @Test
    void redactFindsAtCodePointsOfTheOriginalText() {
        Row finding = rows("redacted/_findings").get(0);

        assertThat(finding.schema().fieldNames()).containsExactly("id", "start", "end", "type", "score");
        assertThat(finding.getString(0)).isEqualTo("personal");
        assertThat(finding.getString(3)).isEqualTo("EMAIL");
        String original = texts("distinct").get("personal");
        int start = original.offsetByCodePoints(0, finding.getInt(1));
        int end = original.offsetByCodePoints(0, finding.getInt(2));
        assertThat(original.substring(start, end)).isEqualTo(TinyCorpus.ADDRESS);
        assertThat(texts("redacted").get("personal")).startsWith("𝔸 letter for <EMAIL> waits");
        assertThat(report("redacted").path("findings").toString()).isEqualTo("{\"EMAIL\":1}");
    }

    @Test
    void personalDataIsInNoReportAndNoLedger() throws IOException {
        try (Stream<Path> files = Files.walk(work.resolve("redacted"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TinyCorpus.ADDRESS);
            }
        }
    }

    @Test
    void splitPutsEveryDocumentIntoOnePart() {
        TreeSet<String> all = new TreeSet<>(texts("split/train").keySet());
        assertThat(all)
                .doesNotContainAnyElementsOf(texts("split/heldout").keySet())
                .isNotEmpty();

        all.addAll(texts("split/heldout").keySet());

        assertThat(all).isEqualTo(texts("redacted").keySet());
        assertThat(report("split").path("rows_out").asInt()).isEqualTo(CLEAN_DOCUMENTS);
    }

    @Test
    void encodeGivesIdsThatDecodeToTheText() throws IOException {
        Map<String, String> texts = texts("redacted");
        Tokenizer tokenizer = tokenizer();

        List<Row> encoded = rows("encoded");

        assertThat(encoded).hasSize(CLEAN_DOCUMENTS).allSatisfy(row -> {
            int[] ids =
                    row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray();
            assertThat(tokenizer.decode(ids)).isEqualTo(texts.get(row.getString(0)));
        });
    }

    @Test
    void tokenizeIndexesDocumentsThatEndWithTheEndOfText() throws IOException {
        Tokenizer tokenizer = tokenizer();
        Map<String, String> texts = texts("redacted");
        var shards = TokenShards.open(Storage.absolute(work.resolve("shards").toString()));
        try (var reader = shards.reader()) {
            for (Row row : rows("shards/index.parquet")) {
                int[] ids = reader.ids(row.getInt(1), row.getLong(2), (int) (row.getLong(3) - row.getLong(2)));
                assertThat(tokenizer.decode(ids)).isEqualTo(texts.get(row.getString(0)) + Tokenizer.END_OF_TEXT);
            }
        }
        assertThat(rows("shards/index.parquet")).hasSize(CLEAN_DOCUMENTS);
        assertThat(report("shards").path("tokens").asLong()).isEqualTo(shards.tokens());
        assertThat(report("shards").path("unigram_entropy_nats").asDouble()).isBetween(1.0, Math.log(300));
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
        assertThat(report("model").path("loss_last").asDouble()).isBetween(1.0, 8.0);
    }

    @Test
    void aModelIsNotJudgedByShardsOfAnotherTokenizer() throws IOException {
        Path other = Files.createDirectories(work.resolve("other"));
        Files.copy(work.resolve("model/config.json"), other.resolve("config.json"));
        Files.copy(work.resolve("model/model.safetensors"), other.resolve("model.safetensors"));
        Files.writeString(
                other.resolve("tokenizer.json"), Files.readString(work.resolve("model/tokenizer.json")) + "\n");

        CommandLineRun run = attempt("score", "unlike", "--metric=loss", "--input=@shards", "--checkpoint=@other");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("made with another tokenizer than that of the checkpoint");
    }

    @Test
    void pairsTakeTheFirstSentenceOut() {
        Row pair = rows("pairs").stream()
                .filter(row -> row.getString(0).equals("story-03"))
                .findFirst()
                .orElseThrow();

        assertThat(pair.schema().fieldNames()).containsExactly("id", "document", "summary", "source");
        String story = TinyCorpus.story(3);
        assertThat(story).startsWith(pair.getString(2)).endsWith(pair.getString(1));
        assertThat(rows("pairs").size() + rows("pairs/_rejected").size()).isEqualTo(CLEAN_DOCUMENTS);
    }

    @Test
    void finetuneRemembersItsTemplateAndLeavesNoLessons() throws IOException {
        assertThat(Files.readString(work.resolve("summarizer/trainer_state.json")))
                .contains("{document}\\n\\nSummary:");
        assertThat(work.resolve("summarizer/_lessons")).doesNotExist();
        assertThat(report("summarizer").path("rows_in").asInt())
                .isEqualTo(rows("pairs").size());
        assertThat(work.resolve("summarizer/model.safetensors")).isNotEmptyFile();
        assertThat(Files.mismatch(
                        work.resolve("summarizer/model.safetensors"), work.resolve("model/model.safetensors")))
                .isNotNegative();
    }

    @Test
    void generateSaysWhichPromptsDoNotFit() {
        List<Row> rows = rows("continued");

        assertThat(rows).hasSize(CLEAN_DOCUMENTS);
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
        List<Row> rows = rows(method);

        assertThat(rows).hasSameSizeAs(rows("pairs"));
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
        assertThat(rows("abstractive")).allSatisfy(row -> {
            assertThat(row.<Integer>getAs("dropped_tokens")).isPositive();
            assertThat(row.<Integer>getAs("prompt_tokens")).isEqualTo(96 - 8);
            assertThat(row.<Integer>getAs("completion_tokens")).isBetween(0, 8);
            String document = row.getAs("document");
            List<scala.collection.Seq<Integer>> dropped = row.getList(row.fieldIndex("dropped_spans"));
            assertThat(dropped).hasSize(1);
            assertThat(dropped.get(0).apply(1)).isEqualTo(document.codePointCount(0, document.length()));
        });
        assertThat(report("abstractive").path("rows_cut").asInt())
                .isEqualTo(rows("pairs").size());
    }

    @Test
    void rougeIsTheMeanOfTheRows() {
        Map<String, String> references =
                rows("pairs").stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(2)));

        assertThat(rows("rouge")).hasSameSizeAs(references.keySet()).allSatisfy(row -> {
            Rouge.Scores scores = Rouge.of(references.get(row.getString(0)), row.getString(1), Rouge.Reading.PLAIN);
            assertThat(row.<Double>getAs("rougeL")).isEqualTo(scores.rougeL().f1());
        });
        double mean = rows("rouge").stream()
                .mapToDouble(row -> row.getAs("rouge1"))
                .average()
                .orElseThrow();
        assertThat(report("rouge").path("f1").path("rouge1").asDouble())
                .isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(report("rouge").path("examples")).hasSize(5);
    }

    @Test
    void extractedSentencesAreWhollySupported() {
        assertThat(report("faithfulness").path("support").asDouble()).isEqualTo(1.0);
    }

    @Test
    void perplexityCountsEveryToken() {
        long tokens =
                rows("encoded").stream().mapToLong(row -> row.getList(1).size()).sum();

        assertThat(report("perplexity").path("tokens").asLong()).isEqualTo(tokens);
        assertThat(report("perplexity").path("perplexity").asDouble()).isBetween(2.0, 600.0);
        assertThat(report("perplexity").path("bits_per_byte").asDouble()).isPositive();
    }

    @Test
    void theSameCommandAgainIsSkipped() {
        assertThat(run("filter", "filtered", "--input=@documents", "--rules=length")
                        .err())
                .contains("filter | done before, skipped");
    }

    @Test
    void otherOptionsOnTheSameOutputAreRefused() {
        CommandLineRun run = attempt("filter", "filtered", "--input=@documents", "--rules=c4");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("rules was length, now c4")
                .contains("--overwrite")
                .doesNotContain("\tat ");
        assertThat(rows("filtered")).hasSize(RAW_DOCUMENTS - 1);
    }

    @Test
    void jsonLinesHoldWhatParquetHolds() throws IOException {
        run("ingest", "documents-jsonl", "--input=@raw", "--output-format=jsonl");
        run("filter", "filtered-jsonl", "--input=@documents-jsonl", "--rules=length", "--output-format=jsonl");

        List<Row> rows = LocalSpark.spark()
                .read()
                .json(work.resolve("filtered-jsonl").toString())
                .select("id", "text", "source")
                .orderBy("id")
                .collectAsList();

        assertThat(rows)
                .extracting(Row::toString)
                .isEqualTo(LocalSpark.spark()
                        .read()
                        .parquet(work.resolve("filtered").toString())
                        .select("id", "text", "source")
                        .orderBy("id")
                        .collectAsList()
                        .stream()
                        .map(Row::toString)
                        .toList());
        try (Stream<Path> files = Files.list(work.resolve("filtered-jsonl/_rejected"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("part-\\d{5}\\.jsonl"));
        }
    }

    @Test
    void rowsWithNumbersAsIdsAreAnsweredToo() throws IOException {
        Files.writeString(work.resolve("numbered.jsonl"), """
                {"id": 1, "text": "The miller sold a clock. It rang at noon."}
                {"id": 2, "text": null}
                """);

        run("summarize", "numbered", "--input=@numbered.jsonl", "--method=lead");

        assertThat(LocalSpark.spark()
                        .read()
                        .parquet(work.resolve("numbered").toString())
                        .orderBy("id")
                        .collectAsList())
                .extracting(row -> row.<String>getAs("finish_reason"))
                .containsExactly("stop", "error");
    }

    @Test
    void findingsOfADroppedDocumentAreDroppedWithIt() throws IOException {
        Files.writeString(work.resolve("same-id.jsonl"), """
                {"id": "a", "text": "Ask anna@example.org for the key."}
                {"id": "a", "text": "Nobody is to be asked; but there is also bert@example.org who knows."}
                """);

        run("redact", "same-id", "--input=@same-id.jsonl");

        assertThat(rows("same-id")).hasSize(1);
        assertThat(rows("same-id/_findings")).hasSize(1);
    }

    @Test
    void aPromptTemplateThatFillsTheContextIsRefused() {
        String template = "word ".repeat(96) + "{document}";

        CommandLineRun run = attempt(
                "summarize",
                "no-room",
                "--input=@pairs",
                "--checkpoint=@summarizer",
                "--method=abstractive",
                "--prompt-template=" + template);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--prompt-template").doesNotContain("\tat ");
    }
}
