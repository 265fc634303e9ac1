package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all jobs have in common: whole outputs that say where they are from, and are made once. */
@ExtendWith(TinyPipeline.Shared.class)
class PipelineTest {
    private final WorkFolder work;

    PipelineTest(TinyPipeline pipeline) {
        work = pipeline.work();
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
        assertThat(work.report(output).path("seconds").path("total").asDouble()).isPositive();
        assertThat(work.resolve("." + output + ".unfinished")).doesNotExist();
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
    void theSameCommandAgainIsSkipped() {
        assertThat(work.run("filter", "filtered", "--input=@documents", "--rules=length")
                        .err())
                .contains("filter | done before, skipped");
    }

    @Test
    void otherOptionsOnTheSameOutputAreRefused() {
        CommandLineRun run = work.attempt("filter", "filtered", "--input=@documents", "--rules=c4");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("rules was length, now c4")
                .contains("--overwrite")
                .doesNotContain("\tat ");
        assertThat(work.rows("filtered")).hasSize(TinyPipeline.RAW_DOCUMENTS - 1);
    }
}
