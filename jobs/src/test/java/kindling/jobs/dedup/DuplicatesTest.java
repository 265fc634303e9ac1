package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import kindling.prep.dedup.Banding;
import kindling.prep.dedup.Shingles;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatesTest {
    private static final StructType DOCUMENT =
            new StructType().add("id", DataTypes.StringType, false).add("text", DataTypes.StringType, false);
    private static final double THRESHOLD = 0.5;
    private static final int NGRAM = 2;
    private static final Banding MANY = new Banding(60, 2); // a pair at the threshold is missed once in 3e7
    private static final Duplicates.Options BOTH = options(true, true, Keep.FIRST);

    private static Duplicates.Options options(boolean exact, boolean similar, Keep keep) {
        return new Duplicates.Options(exact, similar, THRESHOLD, NGRAM, MANY, keep, 7);
    }

    /** What was found, and the figures for the report. */
    private record Found(Map<String, Row> rows, Map<String, Object> figures) {
        Map<String, String> clusters() {
            Map<String, String> clusters = new TreeMap<>();
            rows.forEach((id, row) -> clusters.put(id, row.getString(1)));
            return clusters;
        }

        double similarity(String id) {
            return rows.get(id).getDouble(3);
        }

        long figure(String name) {
            return ((Number) figures.get(name)).longValue();
        }
    }

    private static Found find(Map<String, String> texts, Duplicates.Options options) {
        return find(texts, options, 2, new Random(0));
    }

    private static Found find(Map<String, String> texts, Duplicates.Options options, int partitions, Random order) {
        List<Row> rows = new ArrayList<>(texts.entrySet().stream()
                .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
                .toList());
        Collections.shuffle(rows, order);
        Dataset<Row> table =
                LocalSpark.spark().createDataFrame(LocalSpark.context().parallelize(rows, partitions), DOCUMENT);
        Duplicates duplicates = new Duplicates(table, options);
        List<Row> found = duplicates
                .clusters()
                .select("id", "cluster", "kept", "similarity", "exact")
                .collectAsList();
        Map<String, Object> figures = duplicates.figures();
        duplicates.unpersist();
        assertThat(found).hasSameSizeAs(texts.keySet());
        return new Found(
                found.stream()
                        .collect(Collectors.toMap(row -> row.getString(0), row -> row, (a, b) -> b, TreeMap::new)),
                figures);
    }

    /** Texts of a few families: members of a family differ in some words, some texts come twice. */
    private static Map<String, String> corpus(Random random, int families, int members, int changes) {
        Map<String, String> texts = new TreeMap<>();
        for (int family = 0; family < families; family++) {
            String[] words = words(random, 30);
            for (int member = 0; member < members; member++) {
                String[] changed = words.clone();
                for (int i = random.nextInt(changes); i > 0; i--) {
                    changed[random.nextInt(changed.length)] = "w" + random.nextInt(1000);
                }
                texts.put("%04x".formatted(random.nextInt(1 << 16)), String.join(" ", changed));
            }
            texts.put(
                    "%04x".formatted(random.nextInt(1 << 16)),
                    String.join(" ", words).toUpperCase(Locale.ROOT));
        }
        return texts;
    }

    private static String[] words(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + random.nextInt(1000))
                .toArray(String[]::new);
    }

    private static Map<String, String> bruteForce(Map<String, String> texts) {
        Map<String, long[]> shingles = new TreeMap<>();
        texts.forEach((id, text) -> shingles.put(id, Shingles.of(text, NGRAM)));
        UnionFind<String> components = new UnionFind<>();
        shingles.forEach((a, left) -> {
            components.root(a);
            shingles.forEach((b, right) -> {
                if (a.compareTo(b) < 0 && Shingles.jaccard(left, right) >= THRESHOLD) {
                    components.join(a, b);
                }
            });
        });
        return components.labels();
    }

    @ParameterizedTest(name = "seed {0}, {1} families of {2}, {3} partitions")
    @CsvSource({"1, 5, 4, 8, 1", "2, 5, 4, 8, 2", "3, 2, 60, 16, 5"})
    void findsTheClustersThatAllPairsWouldGive(long seed, int families, int members, int changes, int partitions) {
        Map<String, String> texts = corpus(new Random(seed), families, members, changes);

        Found found = find(texts, BOTH, partitions, new Random(seed));

        assertThat(found.clusters()).isEqualTo(bruteForce(texts));
        assertThat(found.figure("skipped_pairs")).isZero();
        found.rows.forEach((id, row) -> {
            String kept = row.getString(1);
            assertThat(row.getBoolean(2)).as("kept " + row).isEqualTo(id.equals(kept));
            double jaccard = Shingles.jaccard(Shingles.of(texts.get(kept), NGRAM), Shingles.of(texts.get(id), NGRAM));
            assertThat(row.getDouble(3)).as("similarity " + row).isEqualTo(jaccard, within(1e-12));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void nothingDependsOnOrderAndPartitions(long seed) {
        Map<String, String> texts = corpus(new Random(seed), 3, 12, 14);

        Found one = find(texts, BOTH, 1, new Random(1));
        Found many = find(texts, BOTH, 9, new Random(2));

        assertThat(many.rows).isEqualTo(one.rows);
        assertThat(many.figures).isEqualTo(one.figures);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"FIRST", "LONGEST"})
    void whatIsKeptHasNoDuplicates(Keep keep) {
        Map<String, String> texts = corpus(new Random(6), 4, 6, 12);
        Found first = find(texts, options(true, true, keep));

        Map<String, String> kept = new TreeMap<>(texts);
        kept.keySet().removeIf(id -> !first.rows.get(id).getBoolean(2));

        assertThat(kept).hasSizeLessThan(texts.size());
        assertThat(find(kept, options(true, true, keep)).rows.values()).allMatch(row -> row.getBoolean(2));
    }

    @Test
    void exactFindsOnlyEqualTextsWhateverTheirCaseAndSpaces() {
        Map<String, String> texts = Map.of(
                "1", "The kettle  sings.",
                "2", "the KETTLE sings. ",
                "3", "The kettle sings!",
                "4", "another text");

        Found found = find(texts, options(true, false, Keep.FIRST));

        assertThat(found.clusters()).isEqualTo(Map.of("1", "1", "2", "1", "3", "3", "4", "4"));
        assertThat(found.similarity("2")).isEqualTo(1.0);
        assertThat(found.rows.get("2").getBoolean(4)).isTrue();
    }

    @Test
    void minHashAloneFindsEqualTextsToo() {
        Map<String, String> texts =
                Map.of("1", "one two three four", "2", "one two three four", "3", "five six seven eight");

        Found found = find(texts, options(false, true, Keep.FIRST));

        assertThat(found.clusters()).isEqualTo(Map.of("1", "1", "2", "1", "3", "3"));
    }

    @Test
    void longestKeepsTheTextOfMostCodePointsAndOfThoseTheSmallestId() {
        Map<String, String> texts = Map.of(
                "1", "one two three four five six",
                "2", "one two three four five six seven",
                "3", "one two three four five six EIGHT",
                "4", "one two three four five six \ud83d\ude00\ud83d\ude00\ud83d\ude00"); // 31 characters, 28 code
        // points

        Found found = find(texts, options(true, true, Keep.LONGEST));

        assertThat(found.clusters().values()).containsOnly("2");
        assertThat(found.rows.get("2").getBoolean(2)).isTrue();
        assertThat(found.similarity("1")).isEqualTo(5 / 6.0);
    }

    @Test
    void documentsWithoutWordsAreDuplicatesOnlyOfEqualOnes() {
        Map<String, String> texts = new TreeMap<>(Map.of("1", "", "2", "  \n", "3", "---", "4", "- - -", "5", "---"));

        Found found = find(texts, BOTH);

        assertThat(found.clusters()).isEqualTo(Map.of("1", "1", "2", "1", "3", "3", "4", "4", "5", "3"));
        assertThat(found.similarity("2")).isEqualTo(1.0);
        assertThat(find(texts, options(false, true, Keep.FIRST)).rows.values()).allMatch(row -> row.getBoolean(2));
    }

    @Test
    void shortDocumentsAreEqualOrNot() {
        Map<String, String> texts = Map.of("1", "Tea.", "2", "tea", "3", "Tea!", "4", "coffee", "5", "tea 2");

        assertThat(find(texts, BOTH).clusters()).isEqualTo(Map.of("1", "1", "2", "1", "3", "1", "4", "4", "5", "5"));
    }

    @Test
    void charactersAreWordsWhereThereAreNoSpaces() {
        Map<String, String> texts = Map.of(
                "1", "\u7d05\u8336\u3068\u7dd1\u8336\u3092\u98f2\u307f\u307e\u3059",
                "2", "\u7d05\u8336\u3068\u7dd1\u8336\u3092\u98f2\u307f\u307e\u3057\u305f",
                "3", "\u5929\u6c17\u304c\u3044\u3044\u3067\u3059\u306d");

        assertThat(find(texts, BOTH).clusters()).isEqualTo(Map.of("1", "1", "2", "1", "3", "3"));
    }

    @Test
    void nearlyEqualTextsAreComparedOnceEach() {
        int copies = 2000;
        String[] words = words(new Random(8), 200);
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < copies; i++) {
            String[] changed = words.clone();
            changed[i % changed.length] = "other" + i;
            texts.put("%04d".formatted(i), String.join(" ", changed));
        }

        Found found = find(texts, BOTH);

        assertThat(found.clusters().values()).containsOnly("0000");
        // At most once in each bucket, and all buckets have few different first documents.
        assertThat(found.figure("candidate_pairs")).isBetween(copies - 1L, 20L * copies);
        assertThat(found.figure("skipped_pairs")).isZero();
    }

    @Test
    void aBucketOfManyEqualTextsIsOneCluster() {
        Map<String, String> texts = new TreeMap<>();
        IntStream.range(0, 500)
                .forEach(i -> texts.put("%03d".formatted(i), "the same licence in every file, word " + i / 499));

        Found found = find(texts, BOTH);

        assertThat(found.clusters().values()).containsOnly("000");
        assertThat(found.figure("candidate_pairs")).isEqualTo(1);
        assertThat(found.figures.get("clusters"))
                .hasToString("{count=1, documents_in_clusters=500, largest=500, sizes={256=1}}");
    }

    @Test
    void countsWhatTheLastRoundLeavesUncompared() {
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < 700; i++) {
            int number = i;
            String own = IntStream.range(0, 4)
                    .mapToObj(k -> "own%dx%d".formatted(number, k))
                    .collect(Collectors.joining(" "));
            texts.put("%03d".formatted(i), own + " " + String.join(" ", words(new Random(9), 40)));
        }
        Duplicates.Options strict = new Duplicates.Options(false, true, 0.95, 1, new Banding(1, 1), Keep.FIRST, 7);

        Found found = find(texts, strict);

        assertThat(found.rows.values()).allMatch(row -> row.getBoolean(2));
        assertThat(found.figure("skipped_pairs")).isPositive();
        assertThat(found.figure("candidate_pairs")).isLessThan(700 * 341);
    }

    @Test
    void theSampleShowsWhatTooFewBandsMiss() {
        Map<String, String> texts = corpus(new Random(10), 10, 20, 12);
        Duplicates.Options few =
                new Duplicates.Options(true, true, THRESHOLD, NGRAM, new Banding(1, 12), Keep.FIRST, 7);

        Map<?, ?> missing = (Map<?, ?>) find(texts, few).figures.get("sample_check");
        Map<?, ?> complete = (Map<?, ?>) find(texts, BOTH).figures.get("sample_check");

        assertThat((Double) missing.get("recall")).isLessThan(0.9);
        assertThat(complete.get("recall")).isEqualTo(1.0);
        assertThat(complete.get("precision")).isEqualTo(1.0);
        assertThat((Long) complete.get("true_pairs")).isGreaterThan(100L);
    }

    @Test
    void aCorpusWithoutDuplicatesKeepsAll() {
        Found found = find(Map.of("1", "one two three", "2", "four five six", "3", ""), BOTH);

        assertThat(found.rows.values()).allMatch(row -> row.getBoolean(2));
        assertThat(((Map<?, ?>) found.figures.get("sample_check")).keySet().toString())
                .doesNotContain("recall")
                .doesNotContain("precision");
    }
}
