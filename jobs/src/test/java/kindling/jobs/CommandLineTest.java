package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kindling.prep.pii.Redactor;
import kindling.prep.pii.RedactorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final int USER_ERROR = 2;

    @TempDir
    Path folder;

    @Test
    void tellsUnknownOptionBadValueAndMissingOptionAtOnce() {
        CommandLineRun run = CommandLineRun.withoutSpark("dedup", "--imput", "a", "--threshold", "high");

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err())
                .contains("--imput is unknown: did you mean --input?")
                .contains("'--threshold'")
                .contains("high")
                .contains("Missing required options")
                .contains("--output")
                .doesNotContain("\tat ");
    }

    @Test
    void namesTheJobThatWasMeant() {
        CommandLineRun run = CommandLineRun.withoutSpark("ingset", "--input", "a", "--output", "b");

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err())
                .contains("kindling: ingset is unknown: did you mean ingest?")
                .doesNotContain("--input is unknown");
    }

    @Test
    void helpOfRedactNamesEveryType() {
        String help = CommandLineRun.withoutSpark("redact", "--help").out();

        assertThat(new Redactor(RedactorConfig.tags().withEntities(Set.of(RedactorConfig.ALL))).types())
                .allSatisfy(type -> assertThat(help).containsPattern("\\b" + type + "\\b"));
    }

    @Test
    void tellsEveryOptionThatCannotWork() throws IOException {
        Path input = Files.writeString(folder.resolve("a.txt"), "text");

        CommandLineRun run = CommandLineRun.withoutSpark(
                "dedup",
                "--input=" + input,
                "--output=" + folder.resolve("out"),
                "--method=exact,fuzzy",
                "--threshold=2",
                "--rows=0",
                "--partitions=0",
                "--output-format=csv");

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err())
                .contains("--method is a list of exact, minhash, paragraph, substring, got fuzzy")
                .contains("--threshold must be in (0, 1], got 2.0")
                .contains("--rows must be >= 1")
                .contains("--partitions must be >= 1, got 0")
                .contains("--output-format is one of parquet, jsonl, got csv");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "fetch",
                "ingest",
                "filter",
                "dedup",
                "redact",
                "split",
                "train-tokenizer",
                "encode",
                "tokenize",
                "train",
                "pairs",
                "finetune",
                "generate",
                "summarize",
                "score",
                "run"
            })
    void everyJobExplainsItself(String job) {
        CommandLineRun run = CommandLineRun.withoutSpark(job, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: kindling " + job).doesNotContain("${DEFAULT-VALUE}");
    }

    @Test
    void withoutAJobItShowsHowItIsUsed() {
        CommandLineRun run = CommandLineRun.withoutSpark();

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).startsWith("Usage: kindling ").contains("summarize");
    }

    @Test
    void tellsItsVersion() {
        assertThat(CommandLineRun.withoutSpark("--version").out()).matches("kindling \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @ParameterizedTest(name = "--input {0}")
    @CsvSource({"'',''", "nowhere, does not exist", "'nowhere/*.txt', does not exist", "gopher://host/file, gopher"})
    void anInputThatCannotBeReadIsAUserError(String input, String said) {
        CommandLineRun run =
                CommandLineRun.withoutSpark("filter", "--input=" + input, "--output=" + folder.resolve("out"));

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).contains("--input").contains(said).doesNotContain("\tat ");
    }

    @Test
    void anEmptyFolderIsAUserError() {
        CommandLineRun run =
                CommandLineRun.withoutSpark("ingest", "--input=" + folder, "--output=" + folder.resolve("out"));

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).contains("holds no files");
    }

    @Test
    void aKeyFileThatDoesNotExistIsAUserError() throws IOException {
        Path input = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"a\"}");

        CommandLineRun run = CommandLineRun.withoutSpark(
                "redact",
                "--input=" + input,
                "--output=" + folder.resolve("out"),
                "--operator=hash",
                "--key-file=" + folder.resolve("no.key"));

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).contains("no.key").doesNotContain("\tat ");
    }

    @Test
    void aRecipeTellsTheMistakesOfAllItsStepsBeforeTheFirstStarts() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                values: {work: "%s"}
                steps:
                  - ingest: {imput: a, output: "${work}/documents"}
                  - fliter: {input: "${work}/documents", output: "${work}/filtered"}
                  - dedup: {input: "${work}/filtered", output: "${work}/unique", treshold: 0.5}
                """.formatted(folder));

        CommandLineRun run = CommandLineRun.withoutSpark("run", recipe.toString());

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err())
                .contains("--imput=a is unknown: did you mean --input?")
                .contains("the job fliter is unknown: did you mean filter?")
                .contains("--treshold=0.5 is unknown: did you mean --threshold?")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("documents")).doesNotExist();
    }

    @Test
    void aRecipeThatDoesNotExistIsAUserError() {
        CommandLineRun run =
                CommandLineRun.withoutSpark("run", folder.resolve("none.yaml").toString());

        assertThat(run.code()).isEqualTo(USER_ERROR);
        assertThat(run.err()).contains("none.yaml does not exist");
    }
}
