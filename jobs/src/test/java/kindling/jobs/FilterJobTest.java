package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterJobTest {
    private static final String PROSE = "The kettle sang on the stove for a while. Nobody was there to hear it. ";

    @TempDir
    Path folder;

    @BeforeEach
    void writeDocuments() throws IOException {
        Files.writeString(folder.resolve("in.jsonl"), """
                {"id": "brief", "text": "No."}
                {"id": "lines", "text": "Home\\nMenu\\n%1$s\\n%1$s"}
                {"id": "prose", "text": "%1$s"}
                {"id": "short", "text": "Tea.", "language": "de"}
                """.formatted(PROSE.strip()));
    }

    private CommandLineRun run(String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "filter",
                "--input=" + folder.resolve("in.jsonl"),
                "--output=" + folder.resolve(output),
                "--partitions=2"));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private void runs(String output, String... options) {
        CommandLineRun run = run(output, options);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private Map<String, Row> documents(String output) {
        Map<String, Row> byId = new TreeMap<>();
        LocalSpark.spark()
                .read()
                .parquet(folder.resolve(output).toString())
                .collectAsList()
                .forEach(row -> byId.put(row.getString(0), row));
        return byId;
    }

    private JsonNode report(String output) {
        return Report.in(Storage.absolute(folder.resolve(output).toString())).orElseThrow();
    }

    @Test
    void dropsWithTheReasonsOfItsRulesInOrder() {
        runs("out", "--rules=length,c4", "--threshold=length_too_short=4");

        assertThat(documents("out").keySet()).containsExactly("lines");
        assertThat(report("out").path("rejected").toString()).isEqualTo("{\"c4_sentences\":2,\"length_too_short\":1}");
    }

    @Test
    void writesTheTextWithoutItsBadLines() {
        runs("out", "--rules=c4");

        Row lines = documents("out").get("lines");

        assertThat(lines.getString(1)).isEqualTo(PROSE.strip() + "\n" + PROSE.strip());
        assertThat(lines.getJavaMap(5)).isEqualTo(Map.of("c4_lines_removed", "2"));
    }

    @Test
    void annotatesAndDropsNothing() {
        runs("out", "--rules=length,gopher", "--annotate");

        assertThat(documents("out")).hasSize(4);
        assertThat(documents("out").get("short").getJavaMap(5))
                .containsEntry("length_too_short", "4")
                .containsEntry("gopher_duplicate_lines", "0")
                .containsEntry("filter_would_drop", "length_too_short");
        assertThat(report("out").path("rows_out").asLong()).isEqualTo(4);
    }

    @Test
    void reportsItsRulesWithTheirBoundsAndSources() {
        runs("out", "--rules=c4,gopher_quality", "--threshold=gopher_mean_word_length.least=2,c4_line_words=3");

        assertThat(report("out").path("rules").toString())
                .contains(
                        "{\"judges\":\"line\",\"least\":3.0,\"rule\":\"c4_line_words\",\"set\":\"c4\",\"source\":\"Raffel")
                .contains("{\"judges\":\"document\",\"least\":2.0,\"most\":10.0,\"rule\":\"gopher_mean_word_length\"");
    }

    @Test
    void wordListsAndLanguagesComeFromTheUser() throws IOException {
        Files.writeString(folder.resolve("bad.txt"), "KETTLE\n\nold dragon\n");
        runs("words", "--rules=words", "--word-list=" + folder.resolve("bad.txt"));
        runs("language", "--rules=language", "--languages=en", "--threshold=language_confidence=0", "--annotate");

        assertThat(documents("words").keySet()).containsExactly("brief", "short");
        assertThat(documents("language").get("short").getJavaMap(5)).containsEntry("language_confidence", "0");
    }

    @Test
    void anotherWordListOnTheSameOutputIsRefused() throws IOException {
        Files.writeString(folder.resolve("bad.txt"), "kettle");
        runs("out", "--rules=words", "--word-list=" + folder.resolve("bad.txt"));
        Files.writeString(folder.resolve("bad.txt"), "dragon");

        CommandLineRun again = run("out", "--rules=words", "--word-list=" + folder.resolve("bad.txt"));

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("word-list holds other data");
    }

    @Test
    void tellsAllMistakesAtOnce() {
        CommandLineRun run = run(
                "out",
                "--rules=gopher,goofer,words",
                "--threshold=gopher_symbols_ratio=1",
                "--threshold=gopher_mean_word_length=2,gopher_stop_words=many");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("\"goofer\" is no rule set: use one of length, gopher, ")
                .contains("the rule set words needs a list of words: add --word-list FILE")
                .contains("none of the rules is called gopher_symbols_ratio: did you mean gopher_symbol_ratio?")
                .contains("gopher_mean_word_length has two bounds: set gopher_mean_word_length.least or")
                .contains("got \"gopher_stop_words=many\"")
                .doesNotContain("\tat ");
    }

    @Test
    void aRecipeGivesThresholdsAsAList() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                steps:
                  - filter:
                      input: %1$s/in.jsonl
                      output: %1$s/out
                      rules: [length, words]
                      word-list: %1$s/bad.txt
                      threshold: [length_too_short=5, words_listed=none, words_listed_share=0.2]
                """.formatted(folder));
        Files.writeString(folder.resolve("bad.txt"), "kettle");

        CommandLineRun run = CommandLineRun.of("run", recipe.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(documents("out").keySet()).containsExactly("lines", "prose");
    }
}
