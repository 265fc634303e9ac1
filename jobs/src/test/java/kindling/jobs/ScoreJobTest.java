package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.prep.rouge.Rouge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    @AfterEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private void file(String name, List<Map<String, Object>> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            lines.add(JSON.writeValueAsString(row));
        }
        Files.write(work.resolve(name), lines);
    }

    private JsonNode score(String output, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("score", "--output=" + work.resolve(output), "--output-format=jsonl"));
        for (String option : options) {
            arguments.add(option.replace("@", work + "/"));
        }
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(work.resolve(output).resolve("_report.json").toFile());
    }

    private Map<String, JsonNode> rows(String output) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve(output))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    rows.add(JSON.readTree(line));
                }
            }
        }
        return rows.stream().collect(Collectors.toMap(row -> row.get("id").asText(), row -> row));
    }

    private void summaries() throws IOException {
        file(
                "predictions.jsonl",
                IntStream.range(0, 30)
                        .mapToObj(i -> Map.<String, Object>of("id", "r" + i, "output", TinyCorpus.story(i)))
                        .toList());
        file(
                "references.jsonl",
                IntStream.range(0, 30)
                        .mapToObj(i -> Map.<String, Object>of(
                                "id",
                                "r" + i,
                                "summaries",
                                List.of(TinyCorpus.story(i + 1), TinyCorpus.story(i + 2), "The old teacher")))
                        .toList());
    }

    private JsonNode rouge(String output, String... more) throws IOException {
        return score(
                output,
                Stream.concat(
                                Stream.of(
                                        "--metric=rouge",
                                        "--predictions=@predictions.jsonl",
                                        "--references=@references.jsonl"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void rougeTakesTheBestReferenceOfEachMetricAndTellsItsMeans() throws IOException {
        summaries();

        JsonNode report = rouge("rouge", "--stem");

        Rouge.Scores best = Rouge.best(
                List.of(TinyCorpus.story(5), TinyCorpus.story(6), "The old teacher"),
                TinyCorpus.story(4),
                Rouge.Reading.STEMMED);
        JsonNode row = rows("rouge").get("r4");
        assertThat(row.get("rouge2").asDouble()).isEqualTo(best.rouge2().f1());
        assertThat(row.get("rouge2_precision").asDouble())
                .isEqualTo(best.rouge2().precision());
        assertThat(row.get("rougeLsum_recall").asDouble())
                .isEqualTo(best.rougeLsum().recall());
        double mean = rows("rouge").values().stream()
                .mapToDouble(one -> one.get("rougeL_recall").asDouble())
                .average()
                .orElseThrow();
        assertThat(report.at("/recall/rougeL").asDouble()).isEqualTo(mean, within(1e-12));
        JsonNode interval = report.at("/intervals/recall/rougeL");
        assertThat(interval.get("low").asDouble()).isLessThan(mean);
        assertThat(interval.get("mid").asDouble()).isEqualTo(mean, within(0.01));
        assertThat(interval.get("high").asDouble()).isGreaterThan(mean);
        assertThat(report.at("/intervals/samples").asInt()).isEqualTo(1000);
    }

    @Test
    void intervalsDependOnTheSeedAloneAndNotOnPartitions() throws IOException {
        summaries();

        JsonNode one = rouge("one", "--partitions=1").get("intervals");

        assertThat(rouge("seven", "--partitions=7").get("intervals")).isEqualTo(one);
        assertThat(rouge("reseeded", "--seed=7").get("intervals")).isNotEqualTo(one);
        assertThat(rouge("without", "--bootstrap-samples=0").at("/intervals/f1").isMissingNode())
                .isTrue();
    }

    @Test
    void rougeReadsOtherScriptsWhenAsked() throws IOException {
        file("predictions.jsonl", List.of(Map.of("id", "a", "output", "Книга на столе")));
        file("references.jsonl", List.of(Map.of("id", "a", "summary", "Книга на столе")));

        assertThat(rouge("ascii").at("/f1/rouge1").asDouble()).isZero();
        assertThat(rouge("unicode", "--tokens=unicode").at("/f1/rouge1").asDouble())
                .isEqualTo(1);
    }

    @Test
    void faithfulnessSaysWhereEachSentenceStandsInItsDocument() throws IOException {
        file(
                "predictions.jsonl",
                List.of(Map.of(
                        "id",
                        "a",
                        "document",
                        "𝔸 sale: the firm sold 40 ships in May.",
                        "output",
                        "The firm sold 90 ships. In May.")));

        score("faith", "--metric=faithfulness", "--predictions=@predictions.jsonl");

        JsonNode sentences = rows("faith").get("a").get("sentences");
        assertThat(sentences).hasSize(2);
        assertThat(sentences.get(0).get("missing").toString()).isEqualTo("[[14,16]]");
        assertThat(sentences.get(0).get("numbers").asDouble()).isZero();
        assertThat(sentences.get(1).get("matches").toString())
                .isEqualTo("[{\"start\":24,\"end\":30,\"source_start\":31,\"source_end\":37}]");
    }

    @Test
    void leakageCountsEvaluationDocumentsThatTheCorpusHolds() throws IOException {
        file(
                "evaluation.jsonl",
                List.of(
                        Map.of("id", "copied", "text", TinyCorpus.story(1)),
                        Map.of("id", "reworded", "text", TinyCorpus.story(2) + " And so it went."),
                        Map.of("id", "quoted", "text", "Then: " + TinyCorpus.story(3) + TinyCorpus.story(4)),
                        Map.of("id", "new", "text", TinyCorpus.story(5)),
                        Map.of("id", "short", "text", "Too short."),
                        Map.of("id", "short", "text", "Too short, again.")));
        String story = TinyCorpus.story(3);
        file(
                "corpus.jsonl",
                List.of(
                        Map.of("id", "x", "text", TinyCorpus.story(1).toUpperCase(java.util.Locale.ROOT) + "\n"),
                        Map.of("id", "y", "text", "Before. " + TinyCorpus.story(2) + " After."),
                        Map.of("id", "z", "text", story.substring(0, story.length() / 2)),
                        Map.of("id", "w", "text", "too  short.")));

        JsonNode report = score("leak", "--metric=leakage", "--input=@evaluation.jsonl", "--corpus=@corpus.jsonl");

        Map<String, JsonNode> rows = rows("leak");
        assertThat(rows.keySet()).containsExactlyInAnyOrder("copied", "reworded", "quoted", "new", "short", "short#2");
        assertThat(rows.get("copied").get("exact").asBoolean()).isTrue();
        assertThat(rows.get("reworded").get("exact").asBoolean()).isFalse();
        assertThat(rows.get("reworded").get("share").asDouble()).isBetween(0.5, 0.99);
        assertThat(rows.get("reworded").get("examples").toString()).isEqualTo("[\"y\"]");
        assertThat(rows.get("quoted").get("share").asDouble()).isBetween(0.1, 0.4);
        assertThat(rows.get("new").get("found").asLong()).isZero();
        assertThat(rows.values().stream()
                        .filter(row -> row.get("leaked").asBoolean())
                        .map(row -> row.get("id").asText()))
                .containsExactlyInAnyOrder("copied", "reworded", "short#2");
        assertThat(report.get("evaluation_documents").asInt()).isEqualTo(6);
        assertThat(report.get("corpus_documents").asInt()).isEqualTo(4);
        assertThat(report.get("leaked").asInt()).isEqualTo(3);
        assertThat(report.get("leaked_exact").asInt()).isEqualTo(2);
        assertThat(report.get("leaked_by_runs").asInt()).isEqualTo(2);
        assertThat(report.get("sharing_a_run").asInt()).isEqualTo(3);
        assertThat(report.get("leaks")).containsExactly(rows.get("copied"), rows.get("reworded"), rows.get("short#2"));
    }

    @Test
    void namesEveryMistakeInItsOptions() {
        CommandLineRun run = CommandLineRun.withoutSpark(
                "score",
                "--metric=leakage",
                "--input=" + work,
                "--output=" + work.resolve("out"),
                "--leak-ngram=0",
                "--leak-share=2",
                "--confidence=1",
                "--stride=0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("--metric leakage needs --corpus")
                .contains("--leak-ngram must be >= 1, got 0")
                .contains("--leak-share must be in [0, 1], got 2.0")
                .contains("--confidence must be in (0, 1), got 1.0")
                .contains("--stride must be >= 1, got 0");
    }
}
