package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import kindling.prep.dedup.Shingles;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatesTest {
    private static final StructType DOCUMENT =
            new StructType().add("id", DataTypes.StringType, false).add("text", DataTypes.StringType, false);
    private static final double THRESHOLD = 0.5;
    private static final int NGRAM = 2;
    private static final int BANDS = 60; // with 2 rows, a pair at the threshold is missed once in 3e7
    private static final int ROWS = 2;

    private static final Duplicates.Options BOTH = new Duplicates.Options(true, true, THRESHOLD, NGRAM, BANDS, ROWS, 7);

    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private static Map<String, Row> clusters(Map<String, String> texts, Duplicates.Options options) {
        List<Row> rows = texts.entrySet().stream()
                .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
                .toList();
        Dataset<Row> table = LocalSpark.spark().createDataFrame(rows, DOCUMENT).repartition(2);
        List<Row> found = new Duplicates(table, options)
                .clusters()
                .select("id", "cluster", "kept", "similarity", "exact")
                .collectAsList();
        assertThat(found).hasSameSizeAs(texts.keySet());
        return found.stream().collect(Collectors.toMap(row -> row.getString(0), row -> row, (a, b) -> b, TreeMap::new));
    }

    private static Map<String, String> labels(Map<String, Row> clusters) {
        Map<String, String> labels = new TreeMap<>();
        clusters.forEach((id, row) -> labels.put(id, row.getString(1)));
        return labels;
    }

    /** Texts of a few families: members of a family differ in some words, some texts come twice. */
    private static Map<String, String> corpus(Random random) {
        Map<String, String> texts = new TreeMap<>();
        for (int family = 0; family < 5; family++) {
            String[] words = words(random, 30);
            for (int member = 0; member < 4; member++) {
                String[] changed = words.clone();
                for (int i = random.nextInt(8); i > 0; i--) {
                    changed[random.nextInt(changed.length)] = "w" + random.nextInt(1000);
                }
                texts.put("%04x".formatted(random.nextInt(1 << 16)), String.join(" ", changed));
            }
            texts.put(
                    "%04x".formatted(random.nextInt(1 << 16)),
                    String.join(" ", words).toUpperCase(java.util.Locale.ROOT));
        }
        return texts;
    }

    private static String[] words(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + random.nextInt(1000))
                .toArray(String[]::new);
    }

    private static Map<String, String> bruteForce(Map<String, String> texts) {
        UnionFind components = new UnionFind();
        texts.forEach((a, left) -> {
            components.root(a);
            texts.forEach((b, right) -> {
                if (Shingles.jaccard(Shingles.of(left, NGRAM), Shingles.of(right, NGRAM)) >= THRESHOLD
                        && !a.equals(b)) {
                    components.join(a, b);
                }
            });
        });
        return components.labels();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void findsTheClustersThatAllPairsWouldGive(long seed) {
        Map<String, String> texts = corpus(new Random(seed));

        Map<String, Row> clusters = clusters(texts, BOTH);

        assertThat(labels(clusters)).isEqualTo(bruteForce(texts));
        clusters.forEach((id, row) -> {
            String kept = row.getString(1);
            assertThat(row.getBoolean(2)).as("kept " + row).isEqualTo(id.equals(kept));
            double jaccard = Shingles.jaccard(Shingles.of(texts.get(kept), NGRAM), Shingles.of(texts.get(id), NGRAM));
            assertThat(row.getDouble(3)).as("similarity " + row).isEqualTo(jaccard, within(1e-12));
        });
    }

    @Test
    void exactFindsOnlyEqualTextsWhateverTheirCaseAndSpaces() {
        Map<String, String> texts = Map.of(
                "1", "The kettle  sings.",
                "2", "the KETTLE sings. ",
                "3", "The kettle sings!",
                "4", "another text");

        Map<String, Row> clusters =
                clusters(texts, new Duplicates.Options(true, false, THRESHOLD, NGRAM, BANDS, ROWS, 7));

        assertThat(labels(clusters)).isEqualTo(Map.of("1", "1", "2", "1", "3", "3", "4", "4"));
        assertThat(clusters.get("2").getDouble(3)).isEqualTo(1.0);
        assertThat(clusters.get("2").getBoolean(4)).isTrue();
    }

    @Test
    void minHashAloneFindsEqualTextsToo() {
        Map<String, String> texts =
                Map.of("1", "one two three four", "2", "one two three four", "3", "five six seven eight");

        Map<String, Row> clusters =
                clusters(texts, new Duplicates.Options(false, true, THRESHOLD, NGRAM, BANDS, ROWS, 7));

        assertThat(labels(clusters)).isEqualTo(Map.of("1", "1", "2", "1", "3", "3"));
    }

    @Test
    void aBucketOfManyEqualTextsIsOneCluster() {
        Map<String, String> texts = new TreeMap<>();
        IntStream.range(0, 100)
                .forEach(i -> texts.put("%03d".formatted(i), "the same licence in every file, word " + i / 99));

        Map<String, Row> clusters = clusters(texts, BOTH);

        assertThat(Arrays.asList(labels(clusters).values().toArray())).containsOnly("000");
    }

    @Test
    void aCorpusWithoutDuplicatesKeepsAll() {
        Map<String, Row> clusters = clusters(Map.of("1", "one two three", "2", "four five six", "3", ""), BOTH);

        assertThat(clusters.values()).allMatch(row -> row.getBoolean(2));
    }
}
