package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import kindling.prep.Document;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TallyTest {
    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private static Row kept(String text, String language) {
        return Outcomes.kept(Document.of(text, text, "a.txt").withLanguage(language));
    }

    private static Row dropped(int number, String reason) {
        return Outcomes.dropped(Document.of("id" + number, "text " + number, "a.txt"), reason, number + " < 9");
    }

    private static Tally tally(int partitions, long seed, List<Row> rows) {
        Dataset<Row> table = LocalSpark.spark().createDataFrame(rows, Outcomes.SCHEMA);
        return Tally.of(table.repartition(partitions), seed);
    }

    private static Tally tally(Row... rows) {
        return tally(2, 42, List.of(rows));
    }

    @Test
    void lengthsAreCountedInPowersOfTwoOfCodePoints() {
        Tally tally = tally(kept("", ""), kept("a", ""), kept("𝔸𝔸", ""), kept("abc", ""), kept("abcd", ""));

        assertThat(tally.lengths())
                .containsExactly(Map.entry(0L, 1L), Map.entry(1L, 1L), Map.entry(2L, 2L), Map.entry(4L, 1L));
    }

    @Test
    void bytesAreThoseOfUtf8AndDroppedTextsCountAsRead() {
        Tally tally = tally(kept("é", ""), dropped(1, "too_short"));

        assertThat(tally.bytesIn()).isEqualTo(2 + "text 1".length());
        assertThat(tally.bytesOut()).isEqualTo(2);
        assertThat(tally.rows()).isEqualTo(2);
    }

    @Test
    void languagesAreThePrimarySubtagsMostFrequentFirst() {
        Tally tally = tally(kept("a", "de"), kept("b", "en-GB"), kept("c", "EN"), kept("d", ""), kept("e", "<script>"));

        assertThat(tally.languages())
                .containsExactly(
                        Map.entry("en", 2L), Map.entry("de", 1L), Map.entry("other", 1L), Map.entry("unknown", 1L));
    }

    @Test
    void languagesAfterFiftyAreOneNumber() {
        List<Row> rows = IntStream.range(0, 60)
                .mapToObj(i -> kept("text " + i, "" + (char) ('a' + i / 26) + (char) ('a' + i % 26)))
                .toList();

        assertThat(tally(2, 42, rows).languages()).hasSize(51).containsEntry("rest", 10L);
    }

    @Test
    void sampledDropsFollowFromTheSeedAndTheIdsAlone() {
        List<Row> rows = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> rows.add(dropped(i, i % 2 == 0 ? "even" : "odd")));

        List<String> one = ids(tally(1, 42, rows));

        assertThat(one).hasSize(2 * Tally.SAMPLES).doesNotHaveDuplicates();
        assertThat(ids(tally(7, 42, rows))).isEqualTo(one);
        assertThat(ids(tally(7, 43, rows))).isNotEqualTo(one);
    }

    private static List<String> ids(Tally tally) {
        return tally.samples().map(Tally.Sample::id).toList();
    }
}
