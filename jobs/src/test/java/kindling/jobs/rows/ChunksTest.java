package kindling.jobs.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kindling.prep.sentence.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunksTest {
    private static final List<Chunks.Answered> ANSWERS = List.of(
            new Chunks.Answered("a", new Answer("two\nlines “and” 𝔸", null, "stop", 3, 4, "generate", 1, 0, 1 / 3.0)),
            new Chunks.Answered("b", Answer.failed("generate", "EmptyInput: there is no text")),
            new Chunks.Answered(
                    "c",
                    new Answer(
                            "a",
                            null,
                            "length",
                            3,
                            4,
                            "auto",
                            2,
                            7,
                            0.5,
                            List.of(new Span(3, 9), new Span(12, 12)),
                            1,
                            List.of(-1 / 3.0, -0.0, -1e-300, -745.2))));

    @TempDir
    Path folder;

    private Chunks chunks(int count) {
        return new Chunks(folder.toString(), count);
    }

    private Path written() throws IOException {
        chunks(7).write(3, ANSWERS);
        return folder.resolve("chunk-000003-of-000007");
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        assertThat(written()).isRegularFile();
        assertThat(chunks(7).read(3)).contains(ANSWERS);
        assertThat(chunks(7).read(4)).isEmpty();
    }

    @Test
    void aChunkOfAnotherDivisionIsAbsent() throws IOException {
        written();

        assertThat(chunks(8).read(3)).isEmpty();
    }

    @Test
    void aDamagedChunkIsAbsent() throws IOException {
        Path file = written();
        byte[] sound = Files.readAllBytes(file);
        byte[] flipped = sound.clone();
        flipped[20] ^= 1;

        for (byte[] damaged : List.of(flipped, Arrays.copyOf(sound, sound.length - 1), new byte[0])) {
            Files.write(file, damaged);
            assertThat(chunks(7).read(3)).isEmpty();
        }
    }

    @Test
    void thereAreAsManyAsHoldSoManyRequestsEach() {
        org.apache.hadoop.fs.Path staging = new org.apache.hadoop.fs.Path(folder.toString());

        assertThat(Chunks.in(staging, 0, 256).count()).isEqualTo(1);
        assertThat(Chunks.in(staging, 256, 256).count()).isEqualTo(1);
        assertThat(Chunks.in(staging, 257, 256).count()).isEqualTo(2);
    }
}
