package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recipe on the tiny corpus, in both formats; then its stories. Names of folders do not tell the order of the steps. */
class TraceTest {
    private static final String RECIPE = """
            values: {format: parquet}
            steps:
              - ingest: {input: raw, output: "run/${format}/z", output-format: "${format}", partitions: 2}
              - filter: {input: "run/${format}/z", output: "run/${format}/m", rules: length, output-format: "${format}", partitions: 2}
              - dedup: {input: "run/${format}/m", output: "run/${format}/k", output-format: "${format}", partitions: 2,
                  threshold: 0.6, ngram: 3, bands: 40, rows: 2}
              - redact: {input: "run/${format}/k", output: "run/${format}/c", output-format: "${format}", partitions: 2}
              - split: {input: "run/${format}/c", output: "run/${format}/b", output-format: "${format}", partitions: 2, parts: "train=0.5,heldout=0.5"}
              - train-tokenizer: {input: "run/${format}/c", output: "run/${format}/a", vocab-size: 300, partitions: 2}
              - tokenize: {input: "run/${format}/c", tokenizer: "run/${format}/a", output: "run/${format}/deep/t"}
            """;

    @TempDir
    static Path work;

    @BeforeAll
    static void runTheRecipe() throws IOException {
        TinyCorpus.write(work.resolve("raw"));
        Files.writeString(
                work.resolve("recipe.yaml"),
                RECIPE.replace("raw,", work + "/raw,").replace("run/", work + "/run/"));
        for (String format : List.of("parquet", "jsonl")) {
            CommandLineRun run = CommandLineRun.of("run", work + "/recipe.yaml", "--set", "format=" + format);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).endsWith("Look at file:%s/run/%s/report.html%n".formatted(work, format));
        }
        LocalSpark.fewPartitions();
    }

    private static CommandLineRun trace(String folder, String... options) {
        String[] arguments = Stream.concat(Stream.of("trace", work + "/run/" + folder), Stream.of(options))
                .toArray(String[]::new);
        return CommandLineRun.withoutSpark(arguments);
    }

    private static List<String> steps(String story) {
        return story.lines()
                .filter(line -> line.matches("  \\S.*"))
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"parquet", "jsonl"})
    void tellsWhatEachStepDidInTheOrderOfTheRun(String format) {
        String story = trace(format, "--id", "personal").out();

        assertThat(story).startsWith("document personal\n");
        assertThat(steps(story)).containsExactly("z kept", "m kept", "k kept", "c changed", "b kept", "deep/t indexed");
        assertThat(story)
                .containsPattern("source +stories.jsonl")
                .containsPattern("replaced +EMAIL 1")
                .containsPattern("replaced_at +EMAIL 13–\\d+")
                .containsPattern("part +(train|heldout)")
                .containsPattern("tokens +\\d+, from \\d+")
                .containsPattern("in the end: kept: in b/(train|heldout), deep/t")
                .doesNotContain(TinyCorpus.ADDRESS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"parquet", "jsonl"})
    void tellsWhyADocumentWasDropped(String format) {
        String near = trace(format, "--id", "variant").out();

        assertThat(steps(near)).containsExactly("z kept", "m kept", "k dropped");
        assertThat(near)
                .containsPattern("reason +duplicate_near")
                .containsPattern("kept_instead +" + TinyCorpus.TWICE)
                .containsPattern("similarity +0\\.\\d\\d\\d")
                .endsWith("in the end: dropped by k: duplicate_near\n");
        assertThat(trace(format, "--id", TinyCorpus.TWICE).out())
                .containsPattern("cluster +" + TinyCorpus.TWICE + ", with 2 others")
                .containsPattern("stands_for +twin \\(1\\.000\\), variant \\(0\\.\\d\\d\\d\\)");
    }

    @Test
    void aBeginningThatOneIdHasIsEnough() {
        assertThat(trace("parquet", "--id", "perso").out()).startsWith("document personal\n");
    }

    @Test
    void aBeginningOfSeveralIdsNamesThem() {
        CommandLineRun run = trace("parquet", "--id", "story-0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--id story-0 is the beginning of 10 ids: story-00, story-01,");
    }

    @Test
    void anUnknownIdSaysWhereItLookedAndWhatIsNear() {
        CommandLineRun run = trace("jsonl", "--id", "story-99");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("no document story-99 in")
                .contains("looked at the documents and ledgers of z, m, k, c, b, a, deep/t")
                .contains("ids that begin with story-: story-00, story-01");
    }

    @Test
    void oneOutputIsToldWithWhatLedToIt() {
        assertThat(steps(trace("parquet/k", "--id", "variant").out())).containsExactly("z kept", "m kept", "k dropped");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"parquet", "jsonl"})
    void showsWhatAReasonDropsWithTheTextThatTheStepRead(String format) {
        String drops = trace(format, "--reason", "length/too_short").out();

        assertThat(drops)
                .containsPattern("length_too_short +1 dropped")
                .contains("from deep/short.txt", "| Too short.");
        assertThat(trace(format, "--reason", "duplicate", "--sample", "1")
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("  k: ")))
                .hasSize(1);
    }

    @Test
    void recordsThatCouldNotBeReadHaveNoText() {
        assertThat(trace("parquet", "--reason", "invalid_json").out()).contains("(the run holds no text of it)");
    }

    @Test
    void theSameSeedShowsTheSameDrops() {
        String one = trace("parquet", "--reason", "duplicate", "--sample", "1").out();

        assertThat(trace("jsonl", "--reason", "duplicate", "--sample", "1").out())
                .isEqualTo(one);
        assertThat(Stream.of("1", "2", "3", "4", "5", "6")
                        .map(seed -> trace("parquet", "--reason", "duplicate", "--sample", "1", "--seed", seed)
                                .out()))
                .anyMatch(other -> !other.equals(one));
    }

    @Test
    void anUnknownReasonListsTheKnownOnesNearestFirst() {
        CommandLineRun run = trace("parquet", "--reason", "length/to_short");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("no document was dropped for length/to_short: did you mean length_too_short?")
                .contains("dropped in %s/run/parquet:\n  length_too_short 1\n".formatted(work));
    }

    @Test
    void bothAnswersExistAsJson() {
        assertThat(trace("parquet", "--id", "variant", "--json").out())
                .contains("\"id\" : \"variant\"", "\"what\" : \"dropped\"", "\"reason\" : \"duplicate_near\"");
        assertThat(trace("parquet", "--reason", "length", "--json").out())
                .contains("\"length_too_short\" : 1", "\"text\" : \"Too short.\"");
    }

    @Test
    void aFolderWithoutOutputsIsRefused() {
        assertThat(CommandLineRun.withoutSpark("trace", work + "/raw", "--id", "x")
                        .err())
                .contains("holds no output of a job: name the folder of a run, or one output");
        assertThat(CommandLineRun.withoutSpark("trace", work + "/raw").err())
                .contains("--id")
                .contains("--reason");
    }
}
