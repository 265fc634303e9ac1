package kindling.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import kindling.jobs.LocalSpark;
import kindling.jobs.shard.ShardFolder;
import kindling.jobs.shard.TokenShards;
import kindling.model.Batch;
import kindling.prep.shard.Packing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final int IGNORED = Batch.IGNORED;

    @TempDir
    Path folder;

    private static Batch batch(Examples examples, long... numbers) {
        try (Examples.Reader reader = examples.open()) {
            return reader.batch(numbers);
        }
    }

    @Test
    void aWindowStartsWhereTheOneBeforePredictedLast() throws IOException {
        TokenShards shards = ShardFolder.write(folder, 2, IntStream.range(0, 10).toArray());

        Windows windows = Windows.stream(shards, 3);

        assertThat(windows.size()).isEqualTo(3);
        Batch batch = batch(windows, 0, 1, 2);
        assertThat(batch.inputs()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(batch.targets()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aShiftedWindowStartsSomewhereInItsPlace() throws IOException {
        TokenShards shards = ShardFolder.write(
                folder,
                2,
                IntStream.range(0, 40).toArray(),
                IntStream.range(100, 140).toArray());
        Shifted shifted = new Shifted(Windows.stream(shards, 4));
        LongUnaryOperator order = shifted.order(7);
        Set<Integer> starts = new HashSet<>();

        for (int epoch = 0; epoch < 20; epoch++) {
            Set<Long> windows = new HashSet<>();
            for (long i = 0; i < shifted.size(); i++) {
                long number = order.applyAsLong(epoch * shifted.size() + i);
                Batch batch = batch(shifted, number);
                int first = batch.inputs()[0];
                assertThat(batch.inputs()).containsExactly(first, first + 1, first + 2, first + 3);
                assertThat(batch.targets()).containsExactly(first + 1, first + 2, first + 3, first + 4);
                windows.add(number / 4);
                starts.add(first);
            }
            assertThat(windows).hasSize((int) shifted.size());
        }

        assertThat(starts).hasSize(2 * 36); // every place from which five ids follow in a shard
    }

    @Test
    void windowsDoNotCrossShardsAndShortRestsAreLeftOut() throws IOException {
        TokenShards shards = ShardFolder.write(
                folder,
                2,
                new int[0],
                IntStream.range(0, 6).toArray(),
                new int[] {99, 98, 97},
                IntStream.range(10, 14).toArray());

        Windows windows = Windows.stream(shards, 3);

        assertThat(windows.size()).isEqualTo(2);
        assertThat(batch(windows, 1).inputs()).containsExactly(10, 11, 12);
        assertThat(batch(windows, 0).targets()).containsExactly(1, 2, 3);
    }

    @Test
    void fewerIdsThanAWindowMakeNone() throws IOException {
        assertThat(Windows.stream(ShardFolder.write(folder, 2, new int[] {1, 2, 3}), 3)
                        .size())
                .isZero();
    }

    @Test
    void aStreamTellsWhereANewDocumentBegins() throws IOException {
        TokenShards shards = ShardFolder.documents(folder, 2, new int[][] {{1, 9}, {2, 3, 4, 9}, {5, 9}});

        Batch batch = batch(Windows.stream(shards, 3), 0, 1);

        assertThat(batch.inputs()).containsExactly(1, 9, 2, 3, 4, 9);
        assertThat(batch.documents()).containsExactly(0, 0, 1, 0, 0, 0);
        assertThat(batch.targets()).containsExactly(9, 2, 3, 4, 9, 5);
    }

    @Test
    void aDocumentAloneIsPaddedAndNothingIsPredictedAcrossItsBorder() throws IOException {
        TokenShards shards = ShardFolder.documents(folder, 2, new int[][] {{1, 9}, {2, 3, 4, 5, 9}});

        Windows windows = Windows.of(LocalSpark.context(), shards, Packing.DOCUMENT, 3);

        assertThat(windows.size()).isEqualTo(3);
        Batch batch = batch(windows, 0, 1, 2);
        assertThat(batch.inputs()).containsExactly(1, 0, 0, 2, 3, 4, 5, 0, 0);
        assertThat(batch.targets()).containsExactly(9, IGNORED, IGNORED, 3, 4, 5, 9, IGNORED, IGNORED);
        assertThat(batch.documents()).containsExactly(0, 1, 1, 0, 0, 0, 0, 1, 1);
    }

    @Test
    void bestFitPutsWholeDocumentsSideBySideAcrossTheShard() throws IOException {
        int[][] first = {{1, 2, 9}, {3, 4, 5, 6, 9}, {7, 9}};
        TokenShards shards = ShardFolder.documents(folder, 2, first, new int[0][], new int[][] {{8, 9}});

        Windows windows = Windows.of(LocalSpark.context(), shards, Packing.BEST_FIT, 4);

        assertThat(windows.sizes()).containsExactly(2L, 0L, 1L);
        Batch batch = batch(windows, 0, 2);
        assertThat(batch.inputs()).containsExactly(1, 2, 7, 0, 8, 0, 0, 0);
        assertThat(batch.targets()).containsExactly(2, 9, 9, IGNORED, 9, IGNORED, IGNORED, IGNORED);
        assertThat(batch.documents()).containsExactly(0, 0, 1, 2, 0, 1, 1, 1);
    }
}
