package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatsTest {
    private static final StructType DOCUMENT =
            new StructType().add("id", DataTypes.StringType, false).add("text", DataTypes.StringType, false);
    private static final Repeats.Options PARAGRAPHS = new Repeats.Options(true, 3, false, 50);
    private static final String LICENCE = "you may copy this text as you like";

    private record Cut(int start, int end, String method, String keptIn) {}

    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private static Repeats.Options passages(int k) {
        return new Repeats.Options(false, 1, true, k);
    }

    private static Map<String, Row> changes(Map<String, String> texts, Repeats.Options options, int partitions) {
        List<Row> rows = new ArrayList<>();
        texts.forEach((id, text) -> rows.add(RowFactory.create(id, text)));
        Dataset<Row> table = LocalSpark.spark().createDataFrame(rows, DOCUMENT).repartition(partitions);
        return new Repeats(options, partitions)
                .changes(table).collectAsList().stream().collect(Collectors.toMap(row -> row.getString(0), row -> row));
    }

    private static Map<String, List<Cut>> cuts(Map<String, Row> changes) {
        Map<String, List<Cut>> cuts = new TreeMap<>();
        changes.forEach((id, row) -> cuts.put(
                id,
                row.<Row>getList(2).stream()
                        .map(span -> new Cut(span.getInt(0), span.getInt(1), span.getString(2), span.getString(3)))
                        .toList()));
        return cuts;
    }

    private static SortedMap<String, String> after(Map<String, String> texts, Repeats.Options options) {
        SortedMap<String, String> after = new TreeMap<>(texts);
        changes(texts, options, 2).forEach((id, row) -> after.put(id, row.getString(1)));
        return after;
    }

    /** Texts of pieces that other texts hold too, whole or in part, with periods and repeats within a text. */
    private static SortedMap<String, String> corpus(Random random, int documents) {
        List<List<String>> pieces = new ArrayList<>();
        SortedMap<String, String> texts = new TreeMap<>();
        for (int document = 0; document < documents; document++) {
            List<String> words = new ArrayList<>();
            for (int piece = random.nextInt(6); piece > 0; piece--) {
                if (pieces.isEmpty() || random.nextInt(3) == 0) {
                    pieces.add(fresh(random));
                }
                List<String> whole = pieces.get(random.nextInt(pieces.size()));
                int from = random.nextInt(3) == 0 ? random.nextInt(whole.size()) : 0;
                words.addAll(whole.subList(from, whole.size()));
            }
            texts.put("%02d".formatted(random.nextInt(100)), String.join(" ", words));
        }
        return texts;
    }

    private static List<String> fresh(Random random) {
        int vocabulary = random.nextInt(4) == 0 ? 2 : 1000;
        return IntStream.range(0, 1 + random.nextInt(14))
                .mapToObj(i -> "w" + random.nextInt(vocabulary))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void leavesTheWordsThatEveryWindowInAMapWouldLeave(long seed) {
        Random random = new Random(seed);
        int k = 3 + random.nextInt(5);
        SortedMap<String, String> texts = corpus(random, 40);

        SortedMap<String, String> after = after(texts, passages(k));

        new EveryWindow(k)
                .left(texts)
                .forEach((id, words) -> assertThat(after.get(id).split("\\s+"))
                        .as(id + " of " + texts)
                        .containsExactly(words.isEmpty() ? new String[] {""} : words.toArray(String[]::new)));
        assertThat(changes(after, passages(k), 2)).as("a second time").isEmpty();
    }

    @Test
    void paragraphsStayInTheFirstDocumentAlone() {
        Map<String, String> texts = Map.of(
                "a", "A first line of a.\n" + LICENCE + "\nshort line",
                "b",
                        "\ud83d\ude00 The first of b.\n\n  YOU may copy  this text as you like \n\nIts last of all.\nshort line",
                "c", LICENCE + "\n" + LICENCE);

        Map<String, Row> changes = changes(texts, PARAGRAPHS, 2);

        assertThat(changes.get("b").getString(1))
                .isEqualTo("\ud83d\ude00 The first of b.\n\nIts last of all.\nshort line");
        assertThat(changes.get("c").getString(1)).isEmpty();
        assertThat(changes.get("c").getLong(3)).isEqualTo(2 * LICENCE.length() + 1);
        assertThat(cuts(changes))
                .isEqualTo(Map.of(
                        "b", List.of(new Cut(21, 56, "paragraph", "a")),
                        "c", List.of(new Cut(0, 34, "paragraph", "a"), new Cut(35, 69, "paragraph", "a"))));
    }

    @Test
    void partsOfOneDocumentAreCountedInItsOwnText() {
        String passage = "one two three four five six";
        Map<String, String> texts = Map.of(
                "a", passage, "b", "\ud83d\ude00 x\n" + LICENCE + "\n" + LICENCE + "\nthen " + passage + " after");

        Map<String, Row> changes = changes(texts, new Repeats.Options(true, 3, true, 5), 2);

        assertThat(changes.get("b").getString(1)).isEqualTo("\ud83d\ude00 x\n" + LICENCE + "\nthen\nafter");
        assertThat(cuts(changes).get("b"))
                .isEqualTo(List.of(new Cut(39, 73, "paragraph", "b"), new Cut(79, 106, "substring", "a")));
    }

    @Test
    void theNumberOfPartitionsChangesNothing() {
        SortedMap<String, String> texts = corpus(new Random(5), 30);
        Repeats.Options both = new Repeats.Options(true, 1, true, 4);

        Map<String, Row> one = changes(texts, both, 1);

        assertThat(one).isNotEmpty();
        assertThat(changes(texts, both, 7)).isEqualTo(one);
    }

    @Test
    void whatCuttingJoinsIsLookedAtAgain() {
        String one = "this box was here";
        String two = "that frame hung there";
        Map<String, String> texts = Map.of(
                "a", one, "b", two, "c", "before it " + one + " after all", "d", "before it " + two + " after all");

        SortedMap<String, String> after = after(texts, passages(4));

        assertThat(after).containsEntry("c", "before it\nafter all").containsEntry("d", "");
        assertThat(changes(after, passages(4), 2)).as("a second time").isEmpty();
    }
}
