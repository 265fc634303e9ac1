package kindling.prep.read;

import static kindling.prep.read.Archives.ascii;
import static kindling.prep.read.Archives.concat;
import static kindling.prep.read.Archives.gzip;
import static kindling.prep.read.Archives.page;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are damaged, cut or crooked: what is sound in them is read. */
class BrokenWarcTest {
    private static final String PLAIN = "a.warc";
    private static final String GZIPPED = "a.warc.gz";

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Content-Length: -1\r\n", "Content-Length: x\r\n", "Content-Length: 99999999999999999999\r\n"
            })
    void recordWithoutALengthLosesOnlyItself(String length) {
        byte[] bad = ascii("WARC/1.0\r\nWARC-Type: resource\r\n" + length + "\r\nbad\r\n\r\n");

        Collected read = Collected.from(PLAIN, concat(page("one"), bad, page("two")));

        assertThat(read.texts()).containsExactly("one", "two");
        assertThat(read.details())
                .containsExactly("a.warc: byte " + page("one").length + ": no record with a sound header begins here");
    }

    @Test
    void recordLongerThanItsFileHidesNoOthers() {
        byte[] bad = ascii("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9999\r\n\r\nbad\r\n\r\n");

        Collected read = Collected.from(PLAIN, concat(page("one"), bad, page("two")));

        assertThat(read.texts()).containsExactly("one", "two");
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @Test
    void emptyFileAndHeaderAlone() {
        assertThat(Collected.from(PLAIN, new byte[0]).reasons()).containsExactly("empty");
        assertThat(Collected.from(GZIPPED, new byte[0]).reasons()).containsExactly("empty");
        assertThat(Collected.from(PLAIN, ascii("WARC/1.0\r\nWARC-Type: resp")).reasons())
                .containsExactly("truncated");
        assertThat(Collected.from(GZIPPED, gzip(ascii("WARC/1.0\r\n"))).reasons())
                .containsExactly("truncated");
        assertThat(Collected.from(GZIPPED, Arrays.copyOf(gzip(page("tea")), 7)).reasons())
                .containsExactly("truncated");
        assertThat(Collected.from(PLAIN, ascii("tea")).reasons()).containsExactly("corrupt");
        assertThat(Collected.from(PLAIN, new byte[1_000]).reasons()).containsExactly("corrupt");
        assertThat(Collected.from(GZIPPED, new byte[1_000]).reasons()).containsExactly("corrupt");
        assertThat(Collected.from(GZIPPED, gzip(new byte[1_000])).reasons()).containsExactly("corrupt");
    }

    @Test
    void zerosAtTheEndAreNoLossAndOtherGarbageIs() {
        byte[] member = gzip(page("tea"));
        byte[] zeros = new byte[100_000];
        byte[] garbage = ascii("garbage");

        assertThat(Collected.from(GZIPPED, concat(member, zeros)).reasons()).isEmpty();
        assertThat(Collected.from(PLAIN, concat(page("tea"), zeros)).reasons()).isEmpty();
        assertThat(Collected.from(GZIPPED, concat(member, garbage)).details())
                .singleElement()
                .asString()
                .startsWith("a.warc.gz: byte " + member.length + ": ");
        assertThat(Collected.from(PLAIN, concat(page("tea"), garbage)).reasons())
                .containsExactly("corrupt");
    }

    @Test
    void recordLongerThanItsMemberLosesOnlyItself() {
        byte[] bad = ascii("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9999\r\n\r\nbad\r\n\r\n");

        Collected read = Collected.from(GZIPPED, concat(gzip(page("one")), gzip(bad), gzip(page("two"))));

        assertThat(read.texts()).containsExactly("one", "two");
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @Test
    void damagedMemberLosesOnlyItself() {
        byte[] good = gzip(page("good"));
        byte[] bad = gzip(page("bad"));
        for (int i = 0; i < bad.length; i++) {
            byte[] damaged = bad.clone();
            damaged[i] ^= 0x55;

            Collected read = Collected.from(GZIPPED, concat(good, damaged, good, good));

            assertThat(read.texts()).as("byte %d", i).filteredOn("good"::equals).hasSize(3);
            assertThat(read.texts()).as("byte %d", i).isSubsetOf("good", "bad");
            boolean harmless = (i >= 4 && i < 10) || i == 3; // time, system; flags, most of which make it unreadable
            assertThat(read.rejections.size() + (harmless ? 1 : 0))
                    .as("byte %d", i)
                    .isPositive();
        }
        assertThat(Collected.from(GZIPPED, concat(good, Arrays.copyOf(bad, bad.length - 30), good))
                        .reasons())
                .containsExactly("corrupt");
        assertThat(Collected.from(GZIPPED, concat(Arrays.copyOfRange(bad, 5, bad.length), good))
                        .texts())
                .containsExactly("good");
    }

    @Test
    void completeRecordInACutMemberIsKept() {
        byte[] member = gzip(page("tea"));

        Collected read = Collected.from(GZIPPED, Arrays.copyOf(member, member.length - 5));

        assertThat(read.texts()).containsExactly("tea");
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @Test
    void brokenStreamIsToldOnce() {
        byte[] whole = gzip(page("tea"));

        for (byte[] before : new byte[][] {whole, Arrays.copyOf(whole, 100), new byte[0]}) {
            Collected read = new Collected();
            WarcFile.read(GZIPPED, BrokenStream.after(before), 0, Long.MAX_VALUE, ReadOptions.defaults(), read);
            assertThat(read.reasons()).containsExactly("unreadable");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void nothingThatIsFlippedMakesReadingThrowOrLoseTheRecordsBefore(long seed) {
        Random random = new Random(seed);
        byte[] plain =
                concat(page("one"), Archives.arcRecord("http://b.example/", "text/html", page("x")), page("two"));
        byte[] gzipped = concat(gzip(page("one")), gzip(page("two")), gzip(page("three")), gzip(page("four")));
        for (int trial = 0; trial < 300; trial++) {
            for (String path : new String[] {PLAIN, GZIPPED}) {
                byte[] flipped = path.equals(PLAIN) ? plain.clone() : gzipped.clone();
                int at = random.nextInt(flipped.length);
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                Collected read = Collected.from(path, flipped);
                assertThat(read.documents.size() + read.rejections.size()).isPositive();
                if (at > page("one").length) {
                    assertThat(read.texts()).contains("one");
                }
            }
        }
    }
}
