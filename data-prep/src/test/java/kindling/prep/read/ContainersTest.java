package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed files and archives, whole and broken. */
class ContainersTest {
    private static final byte[] TEA = "tea".getBytes(UTF_8);

    private enum Packing {
        GZIP,
        BZIP2,
        ZSTD;

        byte[] pack(byte[] content) {
            return switch (this) {
                case GZIP -> Packed.gzip(content);
                case BZIP2 -> Packed.bzip2(content);
                case ZSTD -> Packed.zstd(content);
            };
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void compressionIsKnownByItsFirstBytes(Packing packing) {
        byte[] packed = packing.pack(TEA);

        assertThat(Collected.from("a.txt", packed).texts()).containsExactly("tea");
        assertThat(Collected.from("a.txt." + suffix(packing), packed).texts()).containsExactly("tea");
        assertThat(Collected.from(
                                "a." + suffix(packing),
                                packed,
                                ReadOptions.defaults().withFormat("text"))
                        .texts())
                .containsExactly("tea");
    }

    private static String suffix(Packing packing) {
        return switch (packing) {
            case GZIP -> "gz";
            case BZIP2 -> "bz2";
            case ZSTD -> "zst";
        };
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void twoCompressedFilesAfterOneAnotherAreOne(Packing packing) {
        byte[] both = Packed.joined(packing.pack(Packed.lines(10)), packing.pack(Packed.lines(10)));

        assertThat(Collected.from("a.jsonl", both).documents).hasSize(20);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void cutFileGivesWhatIsBeforeTheCut(Packing packing) {
        byte[] whole = packing.pack(Packed.lines(60_000)); // bzip2 and zstd have blocks of up to 900,000 bytes

        Collected read = Collected.from("a.jsonl", Arrays.copyOf(whole, whole.length / 2));

        assertThat(read.documents).hasSizeBetween(10_000, 35_000);
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void damagedFileIsTold(Packing packing) {
        byte[] broken = packing.pack(Packed.lines(2_000));
        Arrays.fill(broken, broken.length / 2, broken.length / 2 + 50, (byte) 0x55);

        Collected read = Collected.from("a.jsonl", broken);

        assertThat(read.reasons()).containsOnlyOnce("corrupt").doesNotContain("unreadable");
    }

    @Test
    void damagedGzipMemberCostsOnlyItself() {
        byte[] first = Packed.gzip("{\"text\":\"one\"}\n");
        byte[] second = Packed.gzip(Packed.lines(100));
        byte[] third = Packed.gzip("{\"text\":\"three\"}\n");
        Arrays.fill(second, 500, 600, (byte) 0x55);

        Collected read = Collected.from("a.jsonl.gz", Packed.joined(first, second, third));

        assertThat(read.texts()).startsWith("one").endsWith("three");
        assertThat(read.reasons()).containsOnlyOnce("corrupt");
    }

    @Test
    void zerosAfterGzipArePaddingAndAnythingElseIsTold() {
        byte[] packed = Packed.gzip("{\"text\":\"one\"}\n");

        assertThat(Collected.from("a.jsonl", Packed.joined(packed, new byte[1000])).rejections)
                .isEmpty();
        assertThat(Collected.from("a.jsonl", Packed.joined(packed, TEA)).reasons())
                .containsExactly("truncated");
        assertThat(Collected.from("a.jsonl", Packed.joined(packed, Packed.lines(1)))
                        .reasons())
                .containsExactly("corrupt");
    }

    @Test
    void compressionsDoNotCountAsArchives() {
        byte[] inner = Packed.gzip(Packed.tar(Map.of("deep.txt", TEA)));
        byte[] middle = Packed.zstd(Packed.tar(Map.of("inner.tgz", inner)));
        byte[] outer = Packed.bzip2(Packed.tar(Map.of("middle.tar.zst", middle)));
        ReadOptions two = ReadOptions.defaults().withLimits(Limits.defaults().withMaxDepth(2));

        assertThat(Collected.from("a.tar.bz2", outer).documents)
                .extracting(Document::source)
                .containsExactly("a.tar.bz2!/middle.tar.zst!/inner.tgz!/deep.txt");
        assertThat(Collected.from("a.tar.bz2", outer, two).reasons()).containsExactly("nesting_too_deep");
    }

    @Test
    void compressionInCompressionEnds() {
        byte[] packed = TEA;
        for (int layer = 0; layer < 6; layer++) {
            packed = Packed.gzip(packed);
        }

        assertThat(Collected.from("a.txt", packed).reasons()).containsExactly("nesting_too_deep");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void bombIsTooLargeAfterItsLimit(Packing packing) {
        byte[] bomb = packing.pack(new byte[20 << 20]);
        ReadOptions options =
                ReadOptions.defaults().withLimits(Limits.defaults().withMaxFileBytes(1 << 20));

        for (String name : new String[] {"a.txt", "a.jsonl", "a.bin"}) {
            Collected read = Collected.from("b.zip", Packed.zip(Map.of(name, bomb)), options);

            assertThat(read.documents).isEmpty();
            assertThat(read.reasons()).contains(name.equals("a.bin") ? "unsupported_format" : "too_large");
        }
    }
}
