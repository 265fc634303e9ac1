package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kindling.jobs.infer.TinyCheckpoint;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of {@code generate} meets, with a model that was never trained. */
class GenerateTest {
    @TempDir
    static Path work;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeModelsAndRows() throws IOException {
        TinyCheckpoint.write(work.resolve("model"), 512, 16, 1);
        TinyCheckpoint.write(work.resolve("other"), 512, 16, 2);
        Files.writeString(work.resolve("rows.jsonl"), """
                {"id": "a", "text": "The miller sold a clock.", "page": 1}
                {"id": "b", "text": "It rang at noon.", "page": 2}
                {"id": "c", "text": null}
                """);
        Files.writeString(work.resolve("examples.jsonl"), "{\"text\": \"It rained.\", \"output\": \"rain\"}\n");
    }

    @AfterAll
    static void leaveTheSessionAsItWas() {
        LocalSpark.fewPartitions();
    }

    /** {@code @name} is a path in the work folder. */
    private CommandLineRun generate(String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--partitions=2"));
        for (String option : options) {
            arguments.add(option.replace("=@", "=" + work + "/"));
        }
        for (String otherwise : List.of(
                "--input=" + work.resolve("rows.jsonl"),
                "--output=" + folder.resolve(output),
                "--checkpoint=" + work.resolve("model"),
                "--max-new-tokens=8")) {
            String name = otherwise.substring(0, otherwise.indexOf('=') + 1);
            if (arguments.stream().noneMatch(option -> option.startsWith(name))) {
                arguments.add(otherwise);
            }
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private Map<String, Row> answers(String output) {
        return LocalSpark.spark().read().parquet(folder.resolve(output).toString()).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("id"), row -> row));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "continue",
                "code",
                "sentiment",
                "translate --to=German",
                "classify --labels=sport,politics",
                "keywords --max-keywords=3",
                "answer --question=Who?"
            })
    void everyTaskAnswersEveryRow(String task) {
        List<String> options = new ArrayList<>(List.of(("--task=" + task).split(" ", -1)));
        options.addAll(List.of("--system=Be brief.", "--examples=@examples.jsonl"));

        CommandLineRun run = generate("out", options.toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Row> answers = answers("out");
        assertThat(answers).containsOnlyKeys("a", "b", "c");
        assertThat(answers.values())
                .allSatisfy(row -> assertThat(row.getAs("output") == null).isEqualTo(row.getAs("error") != null));
        assertThat(answers.get("b").<Long>getAs("page")).isEqualTo(2);
        assertThat(answers.get("a").<Integer>getAs("prompt_tokens"))
                .isGreaterThanOrEqualTo("Be brief.\n\nIt rained. rain\n\nThe miller sold a clock.".length());
        assertThat(answers.get("c").<String>getAs("error")).startsWith("MissingText: ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--task=sentiment|positive,negative,neutral",
                "--task=classify --labels=sport,winter sport,politics|sport,winter sport,politics",
                "--task=classify --labels=sport,winter sport,politics --decoding=sample|sport,winter sport,politics",
                "--task=classify --labels=sport,winter sport,politics --decoding=beam|sport,winter sport,politics"
            })
    void everyRowIsGivenALabel(String task, String labels) {
        CommandLineRun run = generate("out", task.split(" (?=--)", -1));

        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Row> answers = answers("out");
        assertThat(List.of(answers.get("a"), answers.get("b"))).allSatisfy(row -> {
            assertThat(row.<String>getAs("output")).isIn(List.of(labels.split(",", -1)));
            assertThat(row.<String>getAs("finish_reason")).isEqualTo("stop");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--task=sing|--task is one of answer, classify, code, continue, keywords, sentiment, translate, got sing",
                "--task=translate|--task translate needs the language",
                "--task=classify --labels=one|--task classify needs two labels or more",
                "--task=sentiment --choices=good,bad|--task sentiment answers with one of positive, negative, neutral:"
                        + " for others give --task classify --labels good,bad, without --choices",
                "--task=sentiment --min-new-tokens=3|--min-new-tokens is for answers that are written freely",
                "--choices=good,bad --min-new-tokens=3|--min-new-tokens is for answers that are written freely",
                "--task=answer|--task answer needs what is asked",
                "--task=keywords --max-keywords=0|--max-keywords must be >= 1, got 0",
                "--task=keywords --prompt-template={document}|--prompt-template is for --task continue",
                "--template=chat|has no chat template",
                "--template=chat --prompt-template={document}|--prompt-template is for --template plain",
                "--examples=nowhere.jsonl|nowhere.jsonl is no file",
                "--max-new-tokens=500 --task=sentiment|the prompt around a text takes",
                "--fail-on-errors=many|--fail-on-errors is a number of rows, or a share",
                "--chunk-rows=0|--chunk-rows must be >= 1, got 0"
            })
    void mistakesAreSaidBeforeAnythingStarts(String options, String message) {
        CommandLineRun run = generate("refused", options.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve(".refused.unfinished")).doesNotExist();
    }

    @Test
    void anUnfinishedRunGoesOnWithTheSameCommandAndRefusesAnother() {
        CommandLineRun givenUp = generate("out", "--fail-on-errors=0");
        assertThat(givenUp.code()).isEqualTo(2);
        assertThat(givenUp.err())
                .contains("1 of 3 rows have failed so far, and --fail-on-errors allows 0", "1 × MissingText");

        CommandLineRun otherPrompt = generate("out", "--prompt-template=Say {document}");
        assertThat(otherPrompt.code()).isEqualTo(2);
        assertThat(otherPrompt.err())
                .contains("prompt-template was (none), now Say {document}", "give its work up with --overwrite");
        CommandLineRun otherModel = generate("out", "--checkpoint=@other");
        assertThat(otherModel.code()).isEqualTo(2);
        assertThat(otherModel.err()).contains("checkpoint holds other data: ");
        CommandLineRun otherDecoding = generate("out", "--repetition-penalty=1.5");
        assertThat(otherDecoding.err()).contains("repetition-penalty was 1.0, now 1.5");

        assertThat(generate("out", "--fail-on-errors=50%").code()).isZero();
        assertThat(answers("out")).hasSize(3);
        assertThat(folder.resolve("out/.scratch")).doesNotExist();
    }

    @Test
    void anUnfinishedRunOfSomethingElseGoesWithOverwrite() {
        generate("out", "--fail-on-errors=0");

        assertThat(generate("out", "--prompt-template=Say {document}", "--overwrite")
                        .code())
                .isZero();
    }

    @Test
    void weightsInBytesWriteAndAreAnotherModel() {
        CommandLineRun bytes = generate("bytes", "--weights=int8", "--batch-size=1");
        CommandLineRun many = generate("many", "--weights=int8", "--batch-size=16");
        CommandLineRun floats = generate("bytes");

        assertThat(bytes.code()).as(bytes.err()).isZero();
        assertThat(many.code()).as(many.err()).isZero();
        assertThat(answers("bytes")).isEqualTo(answers("many"));
        assertThat(answers("bytes").get("a").<Integer>getAs("completion_tokens"))
                .isPositive();
        assertThat(floats.code()).isEqualTo(2);
        assertThat(floats.err()).contains("weights");
    }

    @Test
    void theReportSaysWhatWasSavedAndWhatWasWasted() throws IOException {
        Path rows = Files.writeString(work.resolve("twins.jsonl"), """
                {"id": "a", "text": "It rang."}
                {"id": "b", "text": "It rang."}
                {"id": "c", "text": "It rained."}
                {"id": "d"}
                """);
        String[] options = {"--input=" + rows, "--system=Be brief.", "--chunk-rows=4", "--fail-on-errors=0"};

        generate("out", options);
        options[3] = "--fail-on-errors=1";
        CommandLineRun again = generate("out", options);
        CommandLineRun undisturbed = generate("undisturbed", options);

        assertThat(again.err()).contains("generate | 4 rows | 2 requests | 1 of 1 chunks found\n");
        assertThat(undisturbed.err()).contains("generate | 4 rows | 2 requests | 0 of 1 chunks found | ");
        JsonNode figures = Report.in(
                        Storage.absolute(folder.resolve("undisturbed").toString()))
                .orElseThrow()
                .path("work");
        int shared = "Be brief.\n\nIt ra".length();
        int prompts = "Be brief.\n\nIt rang.".length() + "Be brief.\n\nIt rained.".length();
        assertThat(figures.path("prompt_tokens").asInt()).isEqualTo(prompts);
        assertThat(figures.path("prefix_tokens").asInt()).isEqualTo(shared);
        assertThat(figures.path("prefix_share").asDouble()).isEqualTo((double) shared / prompts);
        assertThat(figures.path("tokens_read").asInt()).isBetween(prompts - shared, prompts - shared + 2 * 8);
        assertThat(figures.path("padding_share").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void logProbabilitiesComeWhereTheyAreAskedFor() throws IOException {
        generate("plain", "--fail-on-errors=1");
        CommandLineRun givenUp = generate("out", "--log-probabilities", "--fail-on-errors=0");
        CommandLineRun otherwise = generate("out", "--fail-on-errors=1");
        CommandLineRun run = generate("out", "--log-probabilities", "--fail-on-errors=1");
        generate("undisturbed", "--log-probabilities", "--fail-on-errors=1");

        assertThat(givenUp.code()).isEqualTo(2);
        assertThat(otherwise.err()).contains("log-probabilities was true, now false");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(answers("out").get("a").<Integer>getAs("completion_tokens")).isPositive();
        assertThat(answers("out").values()).allSatisfy(row -> {
            List<Double> each = row.isNullAt(row.fieldIndex("log_probabilities"))
                    ? List.of()
                    : row.getList(row.fieldIndex("log_probabilities"));
            assertThat(each).hasSize(row.<Integer>getAs("completion_tokens")).allMatch(value -> value < 0);
        });
        assertThat(answers("out").get("c").<Object>getAs("log_probabilities")).isNull();
        assertThat(Outputs.digests(folder.resolve("out"))).isEqualTo(Outputs.digests(folder.resolve("undisturbed")));
        assertThat(answers("plain").get("a").schema().fieldNames()).doesNotContain("log_probabilities");
    }

    @Test
    void moreThanAModelCanReadIsAnErrorOfTheRow() throws IOException {
        Path rows = Files.writeString(
                work.resolve("long.jsonl"),
                "{\"id\": \"long\", \"text\": \"%s\"}\n{\"id\": \"empty\", \"text\": \"\"}\n"
                        .formatted("x".repeat(600)));

        CommandLineRun run = generate("out", "--input=" + rows);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(answers("out").get("long").<String>getAs("error"))
                .isEqualTo("PromptTooLong: 600 tokens, at most 504 fit beside --max-new-tokens");
        assertThat(answers("out").get("empty").<String>getAs("error"))
                .isEqualTo("EmptyInput: there is no text to go on from");
    }
}
