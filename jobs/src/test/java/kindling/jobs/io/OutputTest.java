package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("out");
    }

    private Path staging() {
        return parent.resolve(".out.unfinished");
    }

    private Output output(String rules) {
        TreeMap<String, String> options = new TreeMap<>(Map.of("rules", rules));
        return new Output(folder().toString(), new Manifest("filter", "1.0", options, new TreeMap<>()));
    }

    private static void commit(Output output) {
        output.begin();
        Storage.write(
                new org.apache.hadoop.fs.Path(output.staging(), "data"),
                output.manifest().options().get("rules"));
        output.commit(new Report(output.manifest()));
    }

    @Test
    void nothingIsVisibleBeforeTheCommit() {
        Output output = output("c4");

        output.begin();

        assertThat(folder()).doesNotExist();
        assertThat(staging().resolve(Manifest.FILE)).exists();
    }

    @Test
    void aCommitLeavesTheWholeOutputAndNothingElse() throws IOException {
        commit(output("c4"));

        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", Manifest.FILE, Report.FILE, Manifest.SUCCESS);
        }
        assertThat(parent).isDirectoryNotContaining(file -> file.endsWith(staging()));
        assertThat(output("c4").isDone(false)).isTrue();
    }

    @Test
    void anAbsentOrEmptyFolderIsNotDone() throws IOException {
        assertThat(output("c4").isDone(false)).isFalse();
        Files.createDirectory(folder());
        assertThat(output("c4").isDone(false)).isFalse();
    }

    @Test
    void aDifferentRunIsRefusedAndToldTheDifference() {
        commit(output("c4"));

        assertThatThrownBy(() -> output("gopher").isDone(false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rules was c4, now gopher")
                .hasMessageContaining("--overwrite");
    }

    @Test
    void overwriteReplacesADifferentRunButNotTheSame() {
        commit(output("c4"));

        assertThat(output("c4").isDone(true)).isTrue();
        assertThat(output("gopher").isDone(true)).isFalse();
        commit(output("gopher"));

        assertThat(folder().resolve("data")).hasContent("gopher");
    }

    @Test
    void aForeignFolderIsNeverReplaced() throws IOException {
        Files.createDirectory(folder());
        Files.writeString(folder().resolve("thesis.tex"), "years of work");

        assertThatThrownBy(() -> output("c4").isDone(true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not the output of a Kindling job");
        assertThat(folder().resolve("thesis.tex")).exists();
    }

    @Test
    void aRunKilledAfterTheRenameOnlyLacksTheLastStep() throws IOException {
        commit(output("c4"));
        Files.delete(folder().resolve(Manifest.SUCCESS));
        Files.createDirectory(folder().resolve(Output.SCRATCH));

        assertThat(output("c4").isDone(false)).isTrue();
        assertThat(folder().resolve(Manifest.SUCCESS)).exists();
        assertThat(folder().resolve(Output.SCRATCH)).doesNotExist();
    }

    @Test
    void aRunKilledWhileAStoreRenamesFileByFileIsNotDone() throws IOException {
        commit(output("c4"));
        Files.delete(folder().resolve(Manifest.SUCCESS));
        output("c4").begin();

        assertThat(output("c4").isDone(false)).isFalse();
    }

    @Test
    void workOfAnotherManifestThatIsWorthKeepingIsRefused() throws IOException {
        output("c4").begin();
        Path work = Files.createDirectory(staging().resolve(Output.SCRATCH));

        assertThatThrownBy(() -> output("gopher").begin(false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rules was c4, now gopher")
                .hasMessageContaining("--overwrite");
        output("c4").begin(false);
        assertThat(work).exists();
        output("gopher").begin(true);
        assertThat(work).doesNotExist();
    }

    @Test
    void anUnfinishedRunOfTheSameManifestGoesOn() throws IOException {
        output("c4").begin();
        Files.writeString(staging().resolve("round-000005"), "state");

        output("c4").begin();

        assertThat(staging().resolve("round-000005")).exists();
    }

    @Test
    void whatAnotherManifestLeftUnfinishedGoes() throws IOException {
        output("c4").begin();
        Files.writeString(staging().resolve("round-000005"), "state");

        output("gopher").begin();

        assertThat(staging().resolve("round-000005")).doesNotExist();
        assertThat(staging().resolve(Manifest.FILE)).content().contains("gopher");
    }

    @Test
    void restartDeletesWhatTheSameManifestLeft() throws IOException {
        output("c4").begin();
        Files.writeString(staging().resolve("part-00000.parquet"), "half");

        output("c4").restart();

        assertThat(staging().resolve("part-00000.parquet")).doesNotExist();
        assertThat(staging().resolve(Manifest.FILE)).exists();
    }
}
