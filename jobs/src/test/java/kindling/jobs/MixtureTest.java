package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mixtures on the command line: mix, and what train and check make of them. */
class MixtureTest {
    @TempDir
    static Path made;

    @TempDir
    Path work;

    private ShardCorpus corpus;

    @BeforeAll
    static void tokenizes() throws IOException {
        ShardCorpus.make(made);
    }

    @BeforeEach
    void copies() throws IOException {
        corpus = ShardCorpus.copied(made, work);
    }

    private CommandLineRun mix(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "mix",
                "--input=books=" + work.resolve("shards"),
                "--input=rare=" + work.resolve("others"),
                "--output=" + work.resolve("mix")));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void aMixtureIsTrainedOnWithItsRepetitions() throws IOException {
        assertThat(mix("--repetitions=rare=3").code()).isZero();

        assertThat(corpus.train("mix", "model", "--packing=document").code()).isZero();

        assertThat(corpus.sequences("model")).isEqualTo(120 + 3 * 30);
        assertThat(corpus.check("mix").out()).contains("16 shards, 50 documents");
    }

    @Test
    void aMixtureWithWeightsEndsWhereACorpusRunsOut() throws IOException {
        assertThat(mix("--weights=books=0.5,rare=0.5").code()).isZero();

        assertThat(corpus.train("mix", "model", "--packing=document").code()).isZero();

        assertThat(corpus.sequences("model")).isEqualTo(60);
    }

    @Test
    void aMixtureOfWhatHasChangedIsNotTrainedOn() {
        assertThat(mix().code()).isZero();
        ShardCorpus.done("forget", "--input=" + work.resolve("others"), "--ids=d100");

        CommandLineRun run = corpus.train("mix", "model");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("corpus rare at").contains("has changed since it was mixed: run kindling mix");
        assertThat(corpus.check("mix").code()).isEqualTo(1);
    }

    @Test
    void aMixtureOfACorpusThatMovedIsMadeAgainWithOverwrite() throws IOException {
        assertThat(mix().code()).isZero();
        Files.move(work.resolve("others"), work.resolve("moved"));
        assertThat(corpus.train("mix", "model").err()).contains("run kindling mix again with --overwrite");

        ShardCorpus.done(
                "mix",
                "--input=books=" + work.resolve("shards"),
                "--input=rare=" + work.resolve("moved"),
                "--output=" + work.resolve("mix"),
                "--overwrite");

        assertThat(corpus.train("mix", "model").code()).isZero();
    }

    @Test
    void aCorpusOfWhichNoSequenceComesIsNamed() {
        assertThat(mix("--repetitions=rare=0.001").code()).isZero();

        CommandLineRun run = corpus.train("mix", "model");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no sequence of corpus rare comes in an epoch, of ");
    }

    @Test
    void weightsNameCorporaThatThereAre() {
        CommandLineRun run = mix("--weights=books=0.5,rara=-1");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("rara is none of books, rare")
                .contains("--weights must name all corpora")
                .contains("must be > 0");
    }

    @Test
    void corporaOfDifferentTokenizersDoNotMix() throws IOException {
        Path manifest = work.resolve("others/manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("\"tokenizer\" : \"..", "\"tokenizer\" : \"xx"));

        CommandLineRun run = mix();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("books and rare were made with different tokenizers");
    }
}
