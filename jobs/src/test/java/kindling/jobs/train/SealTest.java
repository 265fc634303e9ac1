package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kindling.jobs.io.Storage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    @TempDir
    Path folder;

    private org.apache.hadoop.fs.Path stored;
    private Seal seal;

    @BeforeEach
    void write() {
        stored = Storage.absolute(folder.toString());
        seal = Seal.write(new org.apache.hadoop.fs.Path(stored, "a"), out -> {
            out.write('a');
            out.write("xbcx".getBytes(StandardCharsets.UTF_8), 1, 2);
        });
    }

    @Test
    void tellsLengthAndDigestOfWhatWasWritten() {
        assertThat(seal.bytes()).isEqualTo(3);
        assertThat(seal.sha256()) // sha256sum of "abc", FIPS 180-2, appendix B.1
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(seal.broken(stored)).isEmpty();
        assertThat(Seal.of(seal.toJson())).isEqualTo(seal);
    }

    @Test
    void findsAFileThatIsMissingShorterOrChanged() throws IOException {
        Files.writeString(folder.resolve("a"), "abd");
        assertThat(seal.broken(stored)).contains("a does not hold what was written");

        Files.writeString(folder.resolve("a"), "ab");
        assertThat(seal.broken(stored)).contains("a has 2 bytes instead of 3");

        Files.delete(folder.resolve("a"));
        assertThat(seal.broken(stored)).contains("a is missing");
    }
}
