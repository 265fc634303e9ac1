package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kindling.prep.Document;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in tar and zip archives, whole and broken. */
class ArchiveEntriesTest {
    private static final byte[] TEA = "tea".getBytes(UTF_8);
    private static final byte[] MILK = "milk".getBytes(UTF_8);

    private static Map<String, byte[]> teaAndMilk() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.txt", TEA);
        entries.put("x/b.txt", MILK);
        return entries;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.zst", "a.zip", "a.jar"})
    void entriesOfArchivesAreFiles(String name) {
        byte[] tar = Packed.tar(teaAndMilk());
        byte[] archive = name.endsWith("gz")
                ? Packed.gzip(tar)
                : name.endsWith("bz2")
                        ? Packed.bzip2(tar)
                        : name.endsWith("zst")
                                ? Packed.zstd(tar)
                                : name.endsWith("tar") ? tar : Packed.zip(teaAndMilk());

        Collected read = Collected.from(name, archive);

        assertThat(read.documents)
                .containsExactly(
                        Document.of(Document.idOf(name + "!/a.txt", ""), "tea", name + "!/a.txt"),
                        Document.of(Document.idOf(name + "!/x/b.txt", ""), "milk", name + "!/x/b.txt"));
        assertThat(read.rejections).isEmpty();
    }

    @Test
    void longNamesInTarAreRead() throws IOException {
        String name = "folder/".repeat(40) + "t\u00e9a.txt";
        ByteArrayOutputStream gnu = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(gnu, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            TarArchiveEntry header = new TarArchiveEntry(name);
            header.setSize(TEA.length);
            Packed.put(out, header, TEA);
        }

        for (byte[] tar : new byte[][] {gnu.toByteArray(), Packed.tar(Map.of(name, TEA))}) {
            assertThat(Collected.from("a.tar", tar).documents)
                    .extracting(Document::source)
                    .containsExactly("a.tar!/" + name);
        }
    }

    @Test
    void linksAndDevicesInTarAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            for (byte type : new byte[] {'1', '2', '3', '4', '6'}) {
                Packed.put(out, new TarArchiveEntry("a.txt", type), new byte[0]);
            }
            TarArchiveEntry outside = new TarArchiveEntry("../a.txt");
            outside.setSize(TEA.length);
            Packed.put(out, outside, TEA);
        }

        Collected read = Collected.from("a.tar", bytes.toByteArray());

        assertThat(read.documents).isEmpty();
        assertThat(read.reasons()).hasSize(6).containsOnly("unsafe_path");
        assertThat(read.details()).contains("a.tar!/a.txt: a link or a device");
    }

    @Test
    void damagedHeaderInTarCostsItsEntry() {
        byte[] tar = Packed.tar(Map.of("a.txt", TEA));
        byte[] broken = Packed.joined(Arrays.copyOf(tar, 1024), tar);
        byte[] damaged = Packed.joined(Arrays.copyOf(tar, 1024), tar);
        damaged[1024] ^= 1; // the name in the second header, so its checksum is wrong

        assertThat(Collected.from("a.tar", broken).documents)
                .extracting(Document::source)
                .containsExactly("a.tar!/a.txt", "a.tar!/a.txt#2");
        assertThat(Collected.from("a.tar", damaged).texts()).containsExactly("tea");
        assertThat(Collected.from("a.tar", damaged).details())
                .containsExactly("a.tar: byte 1024: the compressed data is damaged, encrypted or of another kind");
    }

    @Test
    void cutTarGivesTheEntriesBeforeTheCut() {
        byte[] tar = Packed.tar(teaAndMilk());

        Collected read = Collected.from("a.tar", Arrays.copyOf(tar, 1024 + 512 + 2));

        assertThat(read.texts()).containsExactly("tea", "mi");
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @ParameterizedTest(name = "sizes known: {0}")
    @ValueSource(booleans = {true, false})
    void damagedEntryOfAZipCostsOnlyItself(boolean sizesKnown) throws IOException {
        byte[] zip = threeEntries(sizesKnown);
        int middle = indexOf(zip, "b.jsonl") + 1_000;
        Arrays.fill(zip, middle, middle + 50, (byte) 0xFF);

        Collected read = Collected.from("a.zip", zip);

        assertThat(read.texts()).startsWith("tea").endsWith("milk");
        assertThat(read.reasons()).endsWith("corrupt").isSubsetOf("invalid_utf8", "invalid_json", "corrupt");
        assertThat(read.details()).allMatch(detail -> detail.startsWith("a.zip!/b.jsonl: byte "));
    }

    @Test
    void wrongChecksumInAZipCostsThatEntry() throws IOException {
        byte[] zip = threeEntries(true);
        zip[indexOf(zip, "a.txt") - 16] ^= 1; // the checksum in the first local header

        Collected read = Collected.from("a.zip", zip);

        assertThat(read.texts()).doesNotContain("tea").endsWith("milk");
        assertThat(read.details()).singleElement().asString().startsWith("a.zip!/a.txt: byte 3: ");
    }

    private static byte[] threeEntries(boolean sizesKnown) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(out, "a.txt", TEA, true);
            put(out, "b.jsonl", Packed.lines(1_000), sizesKnown);
            put(out, "c.txt", MILK, false);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] content, boolean stored) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).indexOf(text);
    }

    @Test
    void entriesOfOneNameHaveDifferentIdentifiers() {
        byte[] tar = Packed.tar(Map.of("a.txt", TEA));
        byte[] twice = Packed.joined(Arrays.copyOf(tar, 1024), Packed.tar(Map.of("a.txt", MILK)));

        Collected read = Collected.from("a.tar", twice);

        assertThat(read.texts()).containsExactly("tea", "milk");
        assertThat(read.documents).extracting(Document::id).doesNotHaveDuplicates();
    }

    @Test
    void encryptedEntriesAreRefused() {
        byte[] zip = Packed.zip(teaAndMilk());
        zip[6] |= 1; // the flag in the first local header

        Collected read = Collected.from("a.zip", zip);

        assertThat(read.texts()).containsExactly("milk");
        assertThat(read.details()).containsExactly("a.zip!/a.txt: needs a password");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingThatIsFlippedInATarMakesReadingThrow(long seed) {
        byte[] whole = Packed.tar(Map.of(
                "a.jsonl.gz",
                Packed.gzip(Packed.lines(100)),
                "n".repeat(200),
                TEA,
                "b.zip",
                Packed.zip(teaAndMilk()),
                "c.bz2",
                Packed.bzip2(Packed.lines(10)),
                "d.zst",
                Packed.zstd(Packed.lines(10))));
        Random random = new Random(seed);

        for (int trial = 0; trial < 100; trial++) {
            byte[] flipped = whole.clone();
            for (int flips = 0; flips < 5; flips++) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Collected read = Collected.from("a.tar", flipped);
            assertThat(read.documents.size() + read.rejections.size()).isPositive();
        }
    }
}
