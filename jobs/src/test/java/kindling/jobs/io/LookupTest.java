package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kindling.jobs.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Found without Spark, in what Spark wrote. */
class LookupTest {
    private static final String TABLE = """
            SELECT * FROM VALUES
              ('a', 1, 0.5D, true, map('title', 'One', 'none', NULL), array(1L, 2L), NULL),
              ('ab', 2, 1.5D, false, map(), array(), 'x'),
              ('abc', 3, 2.5D, false, NULL, NULL, 'y'),
              ('é', 4, 3.5D, false, map(), array(), 'z'),
              ('𝔸1', 5, 4.5D, false, map(), array(), 'z')
            AS t(id, number, score, flag, meta, list, text)""";

    @TempDir
    Path folder;

    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private org.apache.hadoop.fs.Path table(String format) {
        org.apache.hadoop.fs.Path table =
                new org.apache.hadoop.fs.Path(folder.resolve(format).toUri());
        Tables.write(LocalSpark.spark().sql(TABLE).repartition(3), table, format);
        return table;
    }

    private static Set<String> ids(Lookup lookup, org.apache.hadoop.fs.Path table) {
        TreeSet<String> ids = new TreeSet<>();
        lookup.in(table, (file, row) -> ids.add(row.path("id").asText()));
        return ids;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"parquet", "jsonl"})
    void findsRowsByValueAndByPrefix(String format) {
        org.apache.hadoop.fs.Path table = table(format);

        assertThat(ids(Lookup.of("id", Set.of("ab", "é", "none")), table)).containsExactly("ab", "é");
        assertThat(ids(Lookup.beginning("id", "ab"), table)).containsExactly("ab", "abc");
        assertThat(ids(Lookup.beginning("id", "𝔸"), table)).containsExactly("𝔸1");
        assertThat(ids(Lookup.beginning("id", "b"), table)).isEmpty();
        assertThat(ids(Lookup.of("text", Set.of("z")), table)).containsExactly("é", "𝔸1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"parquet", "jsonl"})
    void rowsAreTheSameInBothFormats(String format) {
        TreeMap<String, String> rows = new TreeMap<>();

        Lookup.of("id", Set.of("a", "abc"))
                .in(table(format), (file, row) -> rows.put(row.path("id").asText(), row.toString()));

        assertThat(rows.get("a"))
                .contains("\"number\":1", "\"score\":0.5", "\"flag\":true", "\"title\":\"One\"", "\"list\":[1,2]")
                .doesNotContain("text");
        assertThat(rows.get("abc"))
                .isEqualTo("{\"id\":\"abc\",\"number\":3,\"score\":2.5,\"flag\":false,\"text\":\"y\"}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"parquet", "jsonl"})
    void aColumnThatIsNotThereHasNoValues(String format) {
        assertThat(ids(Lookup.beginning("cluster", "a"), table(format))).isEmpty();
        assertThat(ids(Lookup.of("id", Set.of("a")), new org.apache.hadoop.fs.Path(folder.toUri() + "/none")))
                .isEmpty();
    }
}
