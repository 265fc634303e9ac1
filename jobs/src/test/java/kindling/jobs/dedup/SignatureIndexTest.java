package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import kindling.jobs.io.Storage;
import kindling.prep.dedup.Banding;
import kindling.prep.dedup.Fingerprint;
import kindling.prep.dedup.Shingles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureIndexTest {
    private static final StructType DOCUMENT =
            new StructType().add("id", DataTypes.StringType, false).add("text", DataTypes.StringType, false);
    private static final StructType CLUSTER = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("cluster", DataTypes.StringType, false)
            .add("kept", DataTypes.BooleanType, false)
            .add("similarity", DataTypes.DoubleType, false)
            .add("exact", DataTypes.BooleanType, false);

    private static final double THRESHOLD = 0.5;
    private static final int NGRAM = 2;
    private static final IndexParameters PARAMETERS = // a pair at the threshold is missed once in 3e7
            new IndexParameters(true, true, NGRAM, new Banding(60, 2), 7);

    @TempDir
    java.nio.file.Path work;

    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private static SignatureIndex index(Map<String, String> texts, IndexParameters parameters) {
        List<Row> rows = new ArrayList<>();
        texts.forEach((id, text) -> rows.add(RowFactory.create(id, text)));
        return new SignatureIndex(LocalSpark.spark().createDataFrame(rows, DOCUMENT), parameters);
    }

    private Path written(String name, Map<String, String> texts) {
        Path folder = new Path(work.resolve(name).toUri());
        index(texts, PARAMETERS).write(folder, 2);
        return folder;
    }

    /** What all pairs give: each id with the smallest id of its component. */
    private static SortedMap<String, String> clusters(Map<String, String> texts) {
        UnionFind<String> components = new UnionFind<>();
        texts.forEach((a, left) -> {
            components.root(a);
            texts.forEach((b, right) -> {
                if (!a.equals(b) && similar(left, right)) {
                    components.join(a, b);
                }
            });
        });
        return new TreeMap<>(components.labels());
    }

    private static boolean similar(String a, String b) {
        return similarity(a, b) >= THRESHOLD || Fingerprint.of(a).equals(Fingerprint.of(b));
    }

    private static double similarity(String a, String b) {
        return Shingles.jaccard(Shingles.of(a, NGRAM), Shingles.of(b, NGRAM));
    }

    private static List<String> kept(Map<String, String> clusters, String batch) {
        return clusters.entrySet().stream()
                .filter(entry -> entry.getKey().equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(id -> id.startsWith(batch))
                .toList();
    }

    private static Map<String, Row> compared(Map<String, String> texts, Path... indexes) {
        List<Row> rows = new ArrayList<>();
        clusters(texts)
                .forEach((id, cluster) -> rows.add(
                        RowFactory.create(id, cluster, id.equals(cluster), id.equals(cluster) ? 1.0 : 0.9, false)));
        Dataset<Row> clusters = LocalSpark.spark().createDataFrame(rows, CLUSTER);
        return index(texts, PARAMETERS).compared(clusters, List.of(indexes), THRESHOLD).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row, (a, b) -> b, TreeMap::new));
    }

    /** Variants of a few texts, some equal but for case. */
    private static SortedMap<String, String> batch(String prefix, List<List<String>> families, Random random) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int document = 0; document < 14; document++) {
            List<String> words = new ArrayList<>(families.get(random.nextInt(families.size())));
            for (int i = random.nextInt(9); i > 0; i--) {
                words.set(random.nextInt(words.size()), "w" + random.nextInt(1000));
            }
            texts.put(prefix + "%02d".formatted(document), String.join(random.nextBoolean() ? " " : "  ", words));
        }
        texts.put(prefix + "empty", "");
        return texts;
    }

    private static List<List<String>> families(Random random) {
        return IntStream.range(0, 6)
                .mapToObj(family -> IntStream.range(0, 24)
                        .mapToObj(i -> "w" + random.nextInt(1000))
                        .toList())
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void ofTheNewThoseAreKeptThatOldAndNewTogetherWouldKeep(long seed) {
        Random random = new Random(seed);
        List<List<String>> families = families(random);
        SortedMap<String, String> first = batch("a", families.subList(0, 3), random);
        SortedMap<String, String> second = batch("b", families.subList(1, 4), random);
        SortedMap<String, String> third = batch("c", families, random);
        SortedMap<String, String> together = new TreeMap<>(first);
        together.putAll(second);
        together.putAll(third);

        Map<String, Row> compared = compared(third, written("a", first), written("b", second));

        assertThat(compared).hasSameSizeAs(third.keySet());
        assertThat(compared.values().stream().filter(row -> row.getBoolean(2)).map(row -> row.getString(0)))
                .containsExactlyElementsOf(kept(clusters(together), "c"))
                .isNotEmpty();
        compared.forEach((id, row) -> {
            String of = row.getString(1);
            if (!of.startsWith("c")) {
                assertThat(row.getDouble(3))
                        .isEqualTo(row.getBoolean(4) ? 1 : similarity(together.get(of), third.get(id)));
            }
        });
    }

    @Test
    void aDuplicateOfADuplicateIsJoinedToTheOldDocument() {
        Map<String, String> old = Map.of("a", "one two three four five six seven");
        Map<String, String> texts =
                Map.of("b", "one two three four five six eight", "c", "one two nine four five six eight", "d", "else");

        Map<String, Row> compared = compared(texts, written("old", old));

        assertThat(compared.get("b").getString(1)).isEqualTo("a");
        assertThat(compared.get("c").getString(1)).isEqualTo("a");
        assertThat(compared.get("c").getBoolean(2)).isFalse();
        assertThat(compared.get("c").getDouble(3)).isLessThan(THRESHOLD);
        assertThat(compared.get("d").getBoolean(2)).isTrue();
    }

    @Test
    void anIndexHoldsEachTextOnce() {
        Path folder = new Path(work.resolve("index").toUri());

        Map<String, Long> numbers = index(Map.of("a", "One two three", "b", "one  TWO three", "c", "four"), PARAMETERS)
                .write(folder, 2);

        assertThat(numbers).containsEntry("documents", 2L);
        assertThat(LocalSpark.spark()
                        .read()
                        .parquet(folder.toString())
                        .orderBy("id")
                        .select("id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("a", "c");
        assertThat(PARAMETERS.problems(folder.toString())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "true, true, 3, 60, 2, 7, ngram 2; this run has 3",
        "true, true, 2, 50, 2, 7, bands 60; this run has 50",
        "true, true, 2, 60, 2, 8, seed 7; this run has 8",
        "true, false, 2, 60, 2, 7, method exact minhash; this run has exact"
    })
    void anIndexOfOtherParametersIsRefusedWithTheDifference(
            boolean exact, boolean similar, int ngram, int bands, int rows, long seed, String difference) {
        Path folder = new Path(work.resolve("index").toUri());
        PARAMETERS.write(folder, 0);

        List<String> problems =
                new IndexParameters(exact, similar, ngram, new Banding(bands, rows), seed).problems(folder.toString());

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains(difference.replace(";", ","))
                        .contains("--write-index"));
    }

    @Test
    void anIndexThatWasChangedIsRefused() throws IOException {
        Path folder = new Path(work.resolve("index").toUri());
        PARAMETERS.write(folder, 5);
        Path file = new Path(folder, IndexParameters.FILE);
        Storage.write(file, Storage.text(file).replace("\"ngram\" : \"2\"", "\"ngram\" : \"3\""));

        assertThat(new IndexParameters(true, true, 3, new Banding(60, 2), 7).problems(folder.toString()))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("is damaged"));

        Files.writeString(work.resolve("index/part-1.parquet"), "more");
        assertThat(PARAMETERS.problems(folder.toString())).isNotEmpty();
    }

    @Test
    void aFolderWithoutAnIndexIsRefused() {
        assertThat(PARAMETERS.problems(work.toString()))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("_index.json", "--write-index"));
    }
}
