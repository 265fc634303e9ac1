package kindling.prep.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
    /** Documents of these lengths, one after the other. */
    private static long[] ends(int... lengths) {
        long[] ends = Arrays.stream(lengths).asLongStream().toArray();
        Arrays.parallelPrefix(ends, Long::sum);
        return ends;
    }

    /** Up to 200 documents, most of them short. */
    private static long[] someEnds(int seed) {
        Random random = new Random(seed);
        return ends(random.ints(random.nextInt(200), 1, 40)
                .map(length -> random.nextInt(5) == 0 ? 6 * length : length)
                .toArray());
    }

    private static int length(int seed) {
        return 1 + new Random(seed).nextInt(50);
    }

    /** How often each id of a shard is predicted. */
    private static int[] predicted(Sequences sequences, long[] ends) {
        int[] times = new int[ends.length == 0 ? 0 : (int) ends[ends.length - 1]];
        for (int piece = 0; piece < sequences.from().length; piece++) {
            for (int t = 1; t <= sequences.positions()[piece]; t++) {
                times[(int) sequences.from()[piece] + t]++;
            }
        }
        return times;
    }

    @Test
    void streamCrossesBordersAndLeavesAShortRestOut() {
        Sequences sequences = Packing.STREAM.sequences(ends(4, 1, 7), 5);

        assertThat(sequences.from()).containsExactly(0, 5);
        assertThat(sequences.positions()).containsExactly(5, 5);
        assertThat(sequences.first()).containsExactly(0, 1, 2);
    }

    @Test
    void documentGivesEachDocumentItsOwnSequences() {
        Sequences sequences = Packing.DOCUMENT.sequences(ends(4, 1, 7), 5);

        assertThat(sequences.from()).containsExactly(0, 5, 10);
        assertThat(sequences.positions()).containsExactly(3, 5, 1);
        assertThat(sequences.size()).isEqualTo(3);
    }

    @Test
    void bestFitFillsUpTheSequenceWithTheLeastRoom() {
        Sequences sequences = Packing.BEST_FIT.sequences(ends(4, 6, 9, 3, 2), 10);

        assertThat(sequences.first()).containsExactly(0, 3, 5);
        assertThat(sequences.positions()).containsExactly(3, 5, 2, 8, 1);
        assertThat(sequences.from()).containsExactly(0, 4, 19, 10, 22);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void streamPredictsEachIdOnceButForTheFirstAndAShortRest(int seed) {
        long[] ends = someEnds(seed);
        int length = length(seed);

        int[] times = predicted(Packing.STREAM.sequences(ends, length), ends);

        int last = (int) Packing.size(times.length, length) * length;
        for (int id = 0; id < times.length; id++) {
            assertThat(times[id]).as("id %d", id).isEqualTo(id == 0 || id > last ? 0 : 1);
        }
        assertThat(times.length - 1 - last).isLessThan(length);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theOthersPredictEachIdOnceButForTheFirstOfADocument(int seed) {
        long[] ends = someEnds(seed);

        for (Packing packing : new Packing[] {Packing.DOCUMENT, Packing.BEST_FIT}) {
            int[] times = predicted(packing.sequences(ends, length(seed)), ends);

            int[] expected = new int[times.length];
            Arrays.fill(expected, 1);
            long start = 0;
            for (long end : ends) {
                expected[(int) start] = 0;
                start = end;
            }
            assertThat(times).as("%s", packing).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Packing.class)
    void noSequenceIsEmptyOrLongerThanT(Packing packing) {
        for (int seed = 0; seed < 20; seed++) {
            int length = length(seed);
            Sequences sequences = packing.sequences(someEnds(seed), length);

            for (int i = 0; i < sequences.size(); i++) {
                int positions = Arrays.stream(
                                sequences.positions(),
                                sequences.first()[i],
                                sequences.first()[i + 1])
                        .sum();
                assertThat(positions).isBetween(1, length);
            }
            assertThat(sequences.first()[sequences.size()]).isEqualTo(sequences.from().length);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void bestFitCutsOnlyDocumentsThatDoNotFitAndNeedsFewerSequencesThanDocuments(int seed) {
        long[] ends = someEnds(seed);
        int length = length(seed);

        Sequences packed = Packing.BEST_FIT.sequences(ends, length);

        long fitting = 0;
        long start = 0;
        for (long end : ends) {
            int positions = (int) (end - start - 1);
            if (positions > 0 && positions <= length) {
                int piece = index(packed.from(), start);
                assertThat(packed.positions()[piece]).isEqualTo(positions);
                fitting++;
            }
            start = end;
        }
        assertThat(fitting).isPositive();
        assertThat(packed.size())
                .isLessThanOrEqualTo(Packing.DOCUMENT.sequences(ends, length).size());
    }

    private static int index(long[] values, long value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        throw new AssertionError("no piece starts at " + value);
    }

    /** No two sequences of best-fit would fit into one, beyond what a greedy packing leaves: at most one is half empty. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void bestFitLeavesAtMostOneSequenceHalfEmpty(int seed) {
        int length = 50;
        Sequences packed = Packing.BEST_FIT.sequences(someEnds(seed), length);

        long halfEmpty = 0;
        for (int i = 0; i < packed.size(); i++) {
            int positions = Arrays.stream(packed.positions(), packed.first()[i], packed.first()[i + 1])
                    .sum();
            halfEmpty += 2 * positions <= length ? 1 : 0;
        }
        assertThat(halfEmpty).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Packing.class)
    void emptyDocumentsAndEmptyShardsMakeNoSequence(Packing packing) {
        assertThat(packing.sequences(new long[0], 8).size()).isZero();
        assertThat(packing.sequences(ends(1), 8).size()).isZero();
    }

    @Test
    void aMillionDocumentsArePackedInASecond() {
        long[] ends = ends(new Random(1).ints(1_000_000, 1, 3000).toArray());
        long start = System.nanoTime();

        Sequences packed = Packing.BEST_FIT.sequences(ends, 2048);

        long positions = Arrays.stream(packed.positions()).asLongStream().sum();
        assertThat(positions / (packed.size() * 2048.0)).isGreaterThan(0.98);
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
    }

    @Test
    void positionsAreNumberedByTheirDocument() {
        int[] documents = new int[8];

        int next = Sequences.number(ends(3, 2, 9), 1, 5, 0, documents, 0);
        int end = Sequences.number(ends(3, 2, 9), 8, 3, next, documents, 5);

        assertThat(documents).containsExactly(0, 0, 1, 1, 2, 3, 3, 3);
        assertThat(end).isEqualTo(4);
    }

    @Test
    void endsAreReadBackAndOnlyGrow() {
        long[] ends = ends(3, 2, 9);

        assertThat(DocumentEnds.parse(DocumentEnds.bytes(ends), 14)).isEqualTo(ends);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentEnds.parse(DocumentEnds.bytes(ends), 15))
                .withMessage("its documents end at 14, the shard has 15 ids");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentEnds.parse(DocumentEnds.bytes(new long[] {3, 3}), 3))
                .withMessage("a document ends at 3, the one before at 3");
    }

    @Test
    void packingsAreNamedAsOptionsSpellThem() {
        assertThat(Packing.named("best-fit")).isEqualTo(Packing.BEST_FIT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.named("tight"))
                .withMessage("packing is one of stream, document, best-fit, got tight");
    }
}
