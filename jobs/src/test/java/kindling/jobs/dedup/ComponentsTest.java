package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

class ComponentsTest {
    private static final StructType EDGE =
            new StructType().add("a", DataTypes.StringType, false).add("b", DataTypes.StringType, false);

    @BeforeEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private static String name(int node) {
        return "n%03d".formatted(node);
    }

    private static Map<String, String> components(List<Row> edges) {
        Dataset<Row> table = LocalSpark.spark().createDataFrame(edges, EDGE);
        Map<String, String> labels = new TreeMap<>();
        for (Row row : Components.of(table).collectAsList()) {
            assertThat(labels.put(row.getString(0), row.getString(1)))
                    .as("rows of " + row)
                    .isNull();
        }
        return labels;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyNodeIsLabelledWithTheSmallestOfItsComponent(long seed) {
        Random random = new Random(seed);
        int nodes = 10 + random.nextInt(90);
        UnionFind oracle = new UnionFind();
        List<Row> edges = new ArrayList<>();
        for (int i = 0; i < nodes * 0.7; i++) {
            String a = name(random.nextInt(nodes));
            String b = name(random.nextInt(nodes));
            edges.add(RowFactory.create(a, b));
            if (!a.equals(b)) {
                oracle.join(a, b);
            }
        }

        assertThat(components(edges)).isEqualTo(oracle.labels());
    }

    @Test
    void aLongChainIsOneComponent() {
        List<Row> edges = IntStream.range(0, 40)
                .mapToObj(i -> RowFactory.create(name(i * 17 % 41), name((i + 1) * 17 % 41)))
                .toList();

        assertThat(components(edges))
                .hasSize(41)
                .allSatisfy((id, label) -> assertThat(label).isEqualTo(name(0)));
    }

    @Test
    void aStarAroundItsLargestNodeIsOneComponent() {
        List<Row> edges = IntStream.range(0, 20)
                .mapToObj(i -> RowFactory.create(name(i), name(99)))
                .toList();

        assertThat(components(edges))
                .hasSize(21)
                .containsEntry(name(99), name(0))
                .containsEntry(name(19), name(0));
    }

    @Test
    void withoutEdgesThereIsNothing() {
        assertThat(components(List.of())).isEmpty();
        assertThat(components(List.of(RowFactory.create("a", "a")))).isEmpty();
    }
}
