package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents and rejections of a file do not depend on how it is cut. */
class FilePartTest {
    private static final int[] PART_BYTES = {1, 3, 7, 64, 1000};

    private static Collected inParts(String name, byte[] content, long partBytes, ReadOptions options) {
        Collected collected = new Collected();
        try {
            for (FilePart part : FilePart.of(name, content.length, partBytes)) {
                FileReading.read(
                        part,
                        offset -> new ByteArrayInputStream(content, (int) offset, content.length),
                        options,
                        collected);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return collected;
    }

    private static void assertSameInParts(String name, byte[] content, ReadOptions options) {
        Collected whole = Collected.from(name, content, options);
        for (int partBytes : PART_BYTES) {
            Collected parts = inParts(name, content, partBytes, options);
            assertThat(parts.documents).as("parts of %d", partBytes).isEqualTo(whole.documents);
            assertThat(parts.rejections).as("parts of %d", partBytes).isEqualTo(whole.rejections);
        }
    }

    private static ReadOptions limited(long maxRecordBytes) {
        return ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(maxRecordBytes));
    }

    /** Lines of all kinds: long, short, empty, broken, with characters of one to four bytes. */
    private static String jsonLines(Random random) {
        StringBuilder lines = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            String text = List.of(
                            "t\u00e9a", "\u8336", "\ud83c\udf75", "x".repeat(random.nextInt(40)), "", "z".repeat(130))
                    .get(random.nextInt(6));
            lines.append(random.nextInt(6) == 0 ? "" : "{\"text\":\"" + text + (random.nextInt(8) == 0 ? "" : "\"}"));
            lines.append(i + 1 == count && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
        }
        return lines.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void jsonLinesAreTheSameInParts(long seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 8; trial++) {
            assertSameInParts("a.jsonl", jsonLines(random).getBytes(UTF_8), limited(100));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void plainTextIsTheSameInParts(long seed) {
        Random random = new Random(seed);
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"))) {
            for (int trial = 0; trial < 3; trial++) {
                String text = "\uFEFF" + jsonLines(random);
                assertSameInParts("a.txt", text.getBytes(charset), limited(1 + random.nextInt(200)));
            }
        }
    }

    @Test
    void brokenBytesAtABorderAreTheSameInParts() {
        byte[] content = "{\"text\":\"one\"}\n{\"text\":\"t#a\"}\n{\"text\":\"three\"}\n".getBytes(UTF_8);
        content[25] = (byte) 0xC3;

        assertSameInParts("a.jsonl", content, ReadOptions.defaults());
        assertThat(inParts("a.jsonl", content, 13, ReadOptions.defaults()).reasons())
                .containsExactly("invalid_utf8");
    }

    @Test
    void filesThatCannotBeCutAreReadWithTheirFirstPart() {
        for (String name : List.of("a.html", "a.zip", "a.jsonl.gz", "a.unknown")) {
            byte[] content = "<p>tea".getBytes(UTF_8);
            if (name.endsWith("zip")) {
                content = Packed.zip(Map.of("a.txt", content));
            } else if (name.endsWith("gz")) {
                content = Packed.gzip("{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
            }
            assertSameInParts(name, content, ReadOptions.defaults());
        }
    }

    @Test
    void excludedFilesAreToldOnce() {
        ReadOptions options = ReadOptions.defaults().withPaths(PathFilter.of(List.of(), List.of("**.jsonl")));

        Collected read = inParts("a.jsonl", "{\"text\":\"one\"}\n".repeat(10).getBytes(UTF_8), 10, options);

        assertThat(read.documents).isEmpty();
        assertThat(read.rejections).isEmpty();
        assertThat(read.excluded).containsExactly("a.jsonl");
    }

    @Test
    void partsCoverAFile() {
        assertThat(FilePart.of("a", 100, 40))
                .containsExactly(
                        new FilePart("a", 100, 0, 40),
                        new FilePart("a", 100, 40, 80),
                        new FilePart("a", 100, 80, Long.MAX_VALUE));
        assertThat(FilePart.of("a", 0, 40)).containsExactly(FilePart.whole("a", 0));
        assertThat(FilePart.of("a", 50, 40)).containsExactly(FilePart.whole("a", 50));
    }

    @Test
    void positionsAreByteOffsets() {
        byte[] lines = "{\"text\":\"t\u00e9a\"}\r\n\n{\"text\":\"two\"}".getBytes(UTF_8);

        assertThat(inParts("a.jsonl", lines, 4, ReadOptions.defaults()).documents)
                .extracting(Document::id)
                .containsExactly(Document.idOf("a.jsonl", "0"), Document.idOf("a.jsonl", "18"));
    }
}
