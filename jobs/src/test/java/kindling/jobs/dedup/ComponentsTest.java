package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kindling.jobs.LocalSpark;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentsTest {
    private static final int EDGE_PARTS = 3;

    private static Map<Long, Long> components(List<long[]> edges, int parts) {
        JavaRDD<long[]> stars = Components.of(LocalSpark.context().parallelize(edges, EDGE_PARTS), parts);
        Map<Long, Long> labels = new TreeMap<>();
        for (long[] letter : stars.collect()) {
            for (int i = 0; i < letter.length; i += 2) {
                assertThat(labels.put(letter[i], letter[i + 1]))
                        .as("labels of " + letter[i])
                        .isNull();
            }
        }
        stars.unpersist();
        return labels;
    }

    @ParameterizedTest(name = "seed {0}, {1} parts")
    @CsvSource({"1, 1", "2, 2", "3, 5", "4, 2"})
    void everyNodeIsLabelledWithTheSmallestOfItsComponent(long seed, int parts) {
        Random random = new Random(seed);
        int nodes = 10 + random.nextInt(90);
        UnionFind<Long> oracle = new UnionFind<>();
        List<long[]> edges = new ArrayList<>();
        for (int i = 0; i < nodes * 0.7; i++) {
            long a = random.nextInt(nodes);
            long b = random.nextInt(nodes);
            edges.add(new long[] {a, b});
            oracle.join(a, b);
        }

        Map<Long, Long> others = oracle.labels().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(components(edges, parts)).isEqualTo(others);
    }

    @Test
    void aLongChainIsOneComponent() {
        List<long[]> edges = LongStream.range(0, 400)
                .mapToObj(i -> new long[] {i * 17 % 401, (i + 1) * 17 % 401})
                .toList();

        assertThat(components(edges, 4))
                .hasSize(400)
                .allSatisfy((node, label) -> assertThat(label).isZero());
    }

    @Test
    void aStarAroundItsLargestNodeIsOneComponent() {
        List<long[]> edges =
                LongStream.range(0, 20).mapToObj(i -> new long[] {i, 99}).toList();

        assertThat(components(edges, 2)).hasSize(20).containsEntry(99L, 0L).containsEntry(19L, 0L);
    }

    @Test
    void withoutEdgesThereIsNothing() {
        assertThat(components(List.of(), 2)).isEmpty();
        assertThat(components(List.of(new long[] {7, 7}), 2)).isEmpty();
    }

    @Test
    void aLetterMayHoldManyEdges() {
        assertThat(components(List.of(new long[] {5, 3, 9, 5, 8, 6}), 2)).isEqualTo(Map.of(5L, 3L, 9L, 3L, 8L, 6L));
    }
}
