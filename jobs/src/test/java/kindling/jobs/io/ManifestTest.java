package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final int LARGE = (1 << 20) + 1; // bytes: known by size and time

    @TempDir
    Path folder;

    private Path corpus;

    @BeforeEach
    void makeCorpus() throws IOException {
        corpus = Files.createDirectories(folder.resolve("corpus/deep"));
        Files.writeString(corpus.resolve("a.txt"), "one");
        Files.write(corpus.resolve("b.bin"), new byte[LARGE]);
    }

    private Manifest.Input described(Path path) {
        return Manifest.describe(new InputPath(path.toString()));
    }

    private static Manifest manifest(Map<String, String> options, Map<String, Manifest.Input> inputs) {
        return new Manifest("filter", "1.0", new TreeMap<>(options), new TreeMap<>(inputs));
    }

    @Test
    void isReadBackAsItWasWritten() throws IOException {
        Manifest written = manifest(Map.of("rules", "c4", "seed", "42"), Map.of("input", described(corpus)));
        Files.writeString(folder.resolve(Manifest.FILE), written.json());

        assertThat(Manifest.in(Storage.absolute(folder.toString()))).contains(written);
    }

    @Test
    void aFolderWithoutOneHasNone() {
        assertThat(Manifest.in(Storage.absolute(folder.toString()))).isEmpty();
    }

    @Test
    void tellsEachDifference() {
        Manifest.Input input = described(corpus);
        Manifest before = manifest(Map.of("rules", "c4", "seed", "42"), Map.of("input", input));
        Manifest now = manifest(Map.of("rules", "gopher", "ratio", "0.3", "seed", "42"), Map.of());

        assertThat(now.differencesFrom(before))
                .containsExactly(
                        "ratio was (none), now 0.3",
                        "rules was c4, now gopher",
                        "input holds other data: 2 files, %d bytes, digest %s, now (none)"
                                .formatted(input.bytes(), input.stamp().substring(0, 12)));
        assertThat(now.differencesFrom(now)).isEmpty();
    }

    @Test
    void whereACorpusLiesDoesNotMatter() throws IOException {
        Manifest.Input here = described(folder.resolve("corpus"));
        Files.move(folder.resolve("corpus"), folder.resolve("moved"));

        assertThat(described(folder.resolve("moved"))).isEqualTo(here);
    }

    @Test
    void whenASmallFileWasWrittenDoesNotMatter() throws IOException {
        Manifest.Input before = described(corpus);
        Files.setLastModifiedTime(corpus.resolve("a.txt"), FileTime.fromMillis(0));

        assertThat(described(corpus)).isEqualTo(before);
    }

    @Test
    void whenALargeFileWasWrittenChangesTheStampButNotTheIdentity() throws IOException {
        Manifest.Input before = described(corpus);
        Files.setLastModifiedTime(corpus.resolve("b.bin"), FileTime.fromMillis(0));

        Manifest.Input now = described(corpus);

        assertThat(now.identity()).isEqualTo(before.identity());
        assertThat(now.stamp()).isNotEqualTo(before.stamp());
    }

    @Test
    void namesAndContentsMatter() throws IOException {
        Manifest.Input before = described(corpus);
        Files.writeString(corpus.resolve("a.txt"), "two");
        Manifest.Input otherContent = described(corpus);
        Files.move(corpus.resolve("a.txt"), corpus.resolve("c.txt"));
        Manifest.Input otherName = described(corpus);

        assertThat(before.identity()).isNotEqualTo(otherContent.identity());
        assertThat(otherContent.identity()).isNotEqualTo(otherName.identity());
    }

    @Test
    void bytesThatAreNoTextMatterToo() throws IOException {
        Path latin1 = corpus.resolve("a.txt");
        Files.write(latin1, new byte[] {'c', 'a', 'f', (byte) 0xe9});
        Manifest.Input acute = described(corpus);
        Files.write(latin1, new byte[] {'c', 'a', 'f', (byte) 0xe8});

        assertThat(described(corpus).identity()).isNotEqualTo(acute.identity());
    }

    @Test
    void theOutputOfAJobIsDescribedByItsManifestAndThePlaceInside() throws IOException {
        Files.writeString(
                folder.resolve("corpus").resolve(Manifest.FILE),
                manifest(Map.of(), Map.of()).json());
        Files.createFile(folder.resolve("corpus").resolve(Manifest.SUCCESS));
        Files.createDirectories(folder.resolve("corpus/other"));

        Manifest.Input whole = described(folder.resolve("corpus"));
        Manifest.Input part = described(corpus);
        Files.delete(corpus.resolve("a.txt"));

        assertThat(whole.files()).isZero();
        assertThat(part.identity())
                .isNotEqualTo(whole.identity())
                .isNotEqualTo(described(folder.resolve("corpus/other")).identity());
        assertThat(described(corpus)).isEqualTo(part);
    }

    @Test
    void theUnfinishedOutputOfAJobIsNoInput() throws IOException {
        Files.writeString(
                folder.resolve("corpus").resolve(Manifest.FILE),
                manifest(Map.of(), Map.of()).json());

        assertThatThrownBy(() -> described(corpus))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("filter");
    }

    @Test
    void identityFollowsFromOptionsAndInputsButNotFromStamps() {
        Manifest.Input early = new Manifest.Input(1, 2_000_000, "same", "early");
        Manifest.Input late = new Manifest.Input(1, 2_000_000, "same", "late");

        assertThat(manifest(Map.of(), Map.of("input", early)).identity())
                .isEqualTo(manifest(Map.of(), Map.of("input", late)).identity())
                .isNotEqualTo(
                        manifest(Map.of("seed", "1"), Map.of("input", early)).identity());
    }
}
