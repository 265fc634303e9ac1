package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kindling.prep.read.Archives.concat;
import static kindling.prep.read.Archives.gzip;
import static kindling.prep.read.Archives.page;
import static kindling.prep.read.Archives.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipRunsTest {
    private static final String PATH = "a.warc.gz";

    /** A page that does not get much shorter. */
    private static byte[] member(Random random, int bytes) {
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(Long.toString(random.nextLong(), 36)).append(' ');
        }
        return gzip(page(text.toString()));
    }

    private static byte[] members(Random random, int count, int mostBytes) {
        byte[] file = new byte[0];
        for (int i = 0; i < count; i++) {
            file = concat(file, member(random, 1 + random.nextInt(mostBytes)));
        }
        return file;
    }

    /** A record that holds an archive, which its member does not compress. */
    private static byte[] holding(byte[] archive) {
        byte[] record = record("resource", "Content-Type: application/warc\r\n", archive);
        byte[] member = gzip(record, Deflater.NO_COMPRESSION);
        assertThat(RecordList.of(PATH, member).records).hasSize(1);
        return member;
    }

    private static void assertPartsGiveTheWhole(byte[] file, int... partBytes) {
        List<Object> whole = RecordList.of(PATH, file).all();
        for (int bytes : partBytes) {
            assertThat(RecordList.ofParts(PATH, file, bytes).all())
                    .as("parts of %d bytes", bytes)
                    .isEqualTo(whole);
        }
    }

    /** How many parts of a size have records of their own. */
    private static long busyParts(byte[] file, int partBytes) {
        long busy = 0;
        for (long start = 0; start < file.length; start += partBytes) {
            busy += RecordList.of(PATH, Arrays.copyOf(file, file.length), start, start + partBytes)
                            .records
                            .isEmpty()
                    ? 0
                    : 1;
        }
        return busy;
    }

    @Test
    void partsOfASoundFileShareItsRecords() {
        byte[] file = members(new Random(1), 200, 20_000);

        assertPartsGiveTheWhole(file, 1_000, 10_000, 100_000);
        assertThat(busyParts(file, 100_000)).isGreaterThanOrEqualTo(file.length / 100_000 - 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void partsOfADamagedFileLoseWhatTheWholeLoses(long seed) {
        Random random = new Random(seed);
        byte[] file = members(random, 100, 20_000);
        for (int i = 0; i < 8; i++) {
            file[random.nextInt(file.length)] ^= (byte) (1 + random.nextInt(255));
        }

        assertThat(RecordList.of(PATH, file).records).hasSizeBetween(90, 99);
        assertPartsGiveTheWhole(file, 3_000, 50_000);
        assertPartsGiveTheWhole(Arrays.copyOf(file, file.length - 5_000), 50_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void archiveInsideAnArchiveIsNotTakenForIt(long seed) {
        Random random = new Random(seed);
        byte[] file = new byte[0];
        for (int i = 0; i < 6; i++) {
            file = concat(file, members(random, 4, 8_000), holding(members(random, 30, 1 + random.nextInt(20_000))));
        }

        assertThat(RecordList.of(PATH, file).records).hasSize(6 * 5);
        assertPartsGiveTheWhole(file, 997, 10_000, 60_000);
        file[random.nextInt(file.length)] ^= 1;
        assertPartsGiveTheWhole(file, 10_000);
    }

    @Test
    void memberLargerThanWhatIsLookedAtIsCertain() {
        byte[] file = members(new Random(1), 5, 4_000_000);

        assertPartsGiveTheWhole(file, 400_000);
        assertThat(busyParts(file, 400_000)).isGreaterThan(3);
    }

    @Test
    void fileWithRecordsAcrossMembersIsReadByItsFirstPart() {
        byte[] archive = concat(page("one".repeat(100)), page("two".repeat(100)), page("three".repeat(100)));
        byte[] file = new byte[0];
        for (int from = 0; from < archive.length; from += 100) {
            file = concat(file, gzip(Arrays.copyOfRange(archive, from, Math.min(archive.length, from + 100))));
        }

        assertPartsGiveTheWhole(file, 1, 7, 100);
    }

    @Test
    void bytesThatLookLikeMembersTakeNoTime() {
        byte[] magics = concat(gzip(page("tea")), "\u001F".getBytes(UTF_8));
        byte[] file = Arrays.copyOf(magics, 300_000);
        byte[] header = Arrays.copyOf(gzip(page("tea")), 30);
        for (int at = magics.length; at + header.length < file.length; at += header.length) {
            System.arraycopy(header, 0, file, at, header.length);
        }

        assertThat(RecordList.of(PATH, file).records).hasSize(1);
        assertThat(RecordList.of(PATH, file, 1_000, 2_000).all()).isEmpty();
    }

    @Test
    void aPartReadsLittleBeyondItsEnd() {
        byte[] file = members(new Random(1), 400, 20_000);
        ByteArrayInputStream in = new ByteArrayInputStream(file);

        WarcFile.read(PATH, in, 0, 500_000, Limits.defaults(), new RecordList());

        assertThat(file.length - in.available()).isBetween(500_000, 4_000_000);
    }
}
