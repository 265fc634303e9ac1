package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileReadingTest {
    private static final ReadOptions OPTIONS = ReadOptions.defaults();

    @Test
    void opensGzipByItsMagicAndByItsName() {
        byte[] line = Packed.gzip("{\"text\":\"one\"}");

        assertThat(Collected.from("a.jsonl.gz", line).documents)
                .containsExactly(Document.of(Document.idOf("a.jsonl.gz", "0"), "one", "a.jsonl.gz")
                        .with("offset", "0"));
        assertThat(Collected.from("a.jsonl", line).texts()).containsExactly("one");
    }

    @Test
    void readsAllMembersOfAGzipFile() {
        byte[] one = Packed.gzip("{\"text\":\"one\"}\n");
        byte[] two = Packed.gzip("{\"text\":\"two\"}\n");
        InputStream both = new SequenceInputStream(new ByteArrayInputStream(one), new ByteArrayInputStream(two));

        assertThat(Collected.from("a.jsonl.gz", both, OPTIONS).texts()).containsExactly("one", "two");
    }

    @Test
    void truncatedGzipGivesTheLinesBeforeTheCutAndOneRejection() {
        byte[] whole = Packed.gzip(manyLines());

        Collected read = Collected.from("a.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThat(read.documents).hasSizeBetween(300, 700);
        assertThat(read.texts()).allMatch(text -> text.startsWith("line "));
        assertThat(read.reasons()).containsExactly("truncated");
        assertThat(read.details().get(0)).matches("a\\.jsonl\\.gz: byte \\d+: the compressed data ends too early");
    }

    @Test
    void truncatedTextKeepsWhatIsReadable() {
        byte[] whole = Packed.gzip(manyLines().replace('e', '\u00e9'));

        Collected read = Collected.from("a.txt.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThat(read.documents).singleElement().satisfies(document -> {
            assertThat(document.text()).startsWith("{\"t\u00e9xt\":\"lin\u00e9 0 ");
            assertThat(document.meta()).containsEntry("truncated", "true");
        });
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @Test
    void damagedGzipIsRejectedOnce() {
        byte[] broken = Packed.gzip(manyLines());
        broken[broken.length - 8] ^= 1; // the checksum

        assertThat(Collected.from("a.jsonl.gz", broken).reasons()).containsExactly("corrupt");
        assertThat(Collected.from("a.gz", new byte[] {0x1F, (byte) 0x8B, 9}).rejections)
                .hasSize(1);
    }

    @Test
    void readsTheEntriesOfArchives() {
        byte[] jar = Packed.zip(Map.of("x/y.html", "<p>Hot.".getBytes(UTF_8)));

        assertThat(Collected.from("a.jar", jar).documents)
                .containsExactly(Document.of(Document.idOf("a.jar!/x/y.html", ""), "Hot.", "a.jar!/x/y.html"));
    }

    @Test
    void rejectsWhatNothingReads() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("dir/", new byte[0]);
        entries.put("data.font", "?".getBytes(UTF_8));
        entries.put("a.txt", "tea".getBytes(UTF_8));

        Collected read = Collected.from("a.zip", Packed.zip(entries));

        assertThat(read.texts()).containsExactly("tea");
        assertThat(read.details()).containsExactly("a.zip!/data.font: nothing reads .font files: name their format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "C:\\evil.txt", "a\nb.txt"})
    void rejectsNamesThatLeadOut(String name) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(name, "evil".getBytes(UTF_8));
        entries.put("good.txt", "good".getBytes(UTF_8));

        Collected read = Collected.from("a.zip", Packed.zip(entries));

        assertThat(read.texts()).containsExactly("good");
        assertThat(read.details()).containsExactly("a.zip: an entry's name leads out of the archive");
        assertThat(read.reasons()).containsExactly("unsafe_path");
    }

    @Test
    void readsArchivesInArchivesToADepth() {
        byte[] archive = Packed.zip(Map.of("deep.txt", "tea".getBytes(UTF_8)));
        for (int depth = 2; depth <= 3; depth++) {
            archive = Packed.zip(Map.of("inner.zip", archive));
        }

        assertThat(Collected.from("a.zip", archive).documents)
                .extracting(Document::source)
                .containsExactly("a.zip!/inner.zip!/inner.zip!/deep.txt");
        assertThat(Collected.from(
                                "a.zip",
                                archive,
                                OPTIONS.withLimits(Limits.defaults().withMaxDepth(2)))
                        .reasons())
                .containsExactly("nesting_too_deep");
    }

    @Test
    void truncatedArchiveGivesTheEntriesBeforeTheCut() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.txt", "tea".getBytes(UTF_8));
        entries.put("b.txt", random(5_000));
        byte[] whole = Packed.zip(entries);

        for (int length = 40; length < 5_000; length += 7) {
            Collected read = Collected.from("a.zip", Arrays.copyOf(whole, length));
            assertThat(read.reasons()).as("cut at %d", length).contains("truncated");
            assertThat(read.texts()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void archiveOfNothingIsEmpty() {
        byte[] directoryEnd = Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, 22);

        assertThat(Collected.from("a.zip", directoryEnd).reasons()).containsExactly("empty");
    }

    @Test
    void damagedArchiveIsRejectedOnce() {
        byte[] broken = random(5_000);
        System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, broken, 0, 4);

        assertThat(Collected.from("a.zip", broken).rejections).hasSize(1);
    }

    @Test
    void stopsAtTheDecompressedSize() {
        ReadOptions options = OPTIONS.withLimits(Limits.defaults().withMaxFileBytes(1_000));

        Collected lines = Collected.from("a.jsonl.gz", Packed.gzip(manyLines()), options);
        Collected skipped = Collected.from("a.zip", Packed.zip(Map.of("x.font", new byte[1_001])), options);

        assertThat(lines.documents).isNotEmpty();
        assertThat(lines.reasons()).containsExactly("too_large");
        assertThat(skipped.reasons()).containsExactly("unsupported_format", "too_large");
    }

    @Test
    void brokenStreamIsUnreadable() {
        InputStream in = BrokenStream.after("{\"text\":\"one\"}\n{".getBytes(UTF_8));

        Collected read = Collected.from("a.jsonl", in, OPTIONS);

        assertThat(read.texts()).containsExactly("one");
        assertThat(read.details()).containsExactly("a.jsonl: byte 16: IOException");
    }

    @Test
    void errorsOfTheSinkArePassedOn() {
        Sink full = new Sink() {
            @Override
            public void accept(Document document) {
                throw new IllegalStateException("full");
            }

            @Override
            public void reject(String id, String reason, String detail) {
                throw new AssertionError(reason);
            }
        };

        assertThatThrownBy(() ->
                        FileReading.read("a.html", new ByteArrayInputStream("<p>Hot.".getBytes(UTF_8)), OPTIONS, full))
                .hasMessage("full");
    }

    @Test
    void namedFormatHoldsForEveryFile() {
        assertThat(Collected.from("a.log", "tea".getBytes(UTF_8)).reasons()).containsExactly("unsupported_format");
        assertThat(Collected.from("a.log", "tea".getBytes(UTF_8), OPTIONS.withFormat("text"))
                        .texts())
                .containsExactly("tea");
        assertThat(Collected.from("a.txt", "tea".getBytes(UTF_8), OPTIONS.withFormat("zip"))
                        .reasons())
                .containsExactly("not_zip");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingThatIsFlippedInAFileMakesReadingThrow(long seed) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.jsonl.gz", Packed.gzip(manyLines()));
        entries.put("b.html", "<table><tr><td>Hot.<!--".getBytes(UTF_8));
        entries.put("c.txt", "tea".getBytes(UTF_8));
        byte[] whole = Packed.zip(entries);
        Random random = new Random(seed);

        for (int trial = 0; trial < 200; trial++) {
            byte[] flipped = whole.clone();
            for (int flips = 0; flips < 3; flips++) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Collected read = Collected.from("a.zip", flipped);
            assertThat(read.documents.size() + read.rejections.size()).isPositive();
        }
    }

    private static String manyLines() {
        Random random = new Random(1);
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"text\":\"line " + i + " " + random.nextLong() + "\"}")
                .collect(Collectors.joining("\n"));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
