package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import kindling.jobs.LocalSpark;
import kindling.jobs.io.ShardFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnigramEntropyTest {
    private static final double THREE_TO_ONE = 0.75 * Math.log(4.0 / 3) + 0.25 * Math.log(4); // nats

    @TempDir
    Path folder;

    @Test
    void threeOfOneAndOneOfAnother() {
        assertThat(UnigramEntropy.entropy(new long[] {3, 0, 1})).isEqualTo(THREE_TO_ONE, within(1e-12));
    }

    @Test
    void equalCountsGiveTheLogarithmOfTheirNumber() {
        assertThat(UnigramEntropy.entropy(new long[] {5, 5, 5, 5})).isEqualTo(Math.log(4), within(1e-12));
    }

    @Test
    void oneTokenAloneSurprisesNobody() {
        assertThat(UnigramEntropy.entropy(new long[] {0, 9})).isEqualTo(0, within(1e-12));
        assertThat(UnigramEntropy.entropy(new long[3])).isZero();
    }

    @Test
    void countsTheIdsOfAllShards() throws IOException {
        var shards = ShardFolder.write(folder, 2, new int[] {7, 7}, new int[0], new int[] {2, 7});

        assertThat(UnigramEntropy.of(LocalSpark.context(), shards, 8)).isEqualTo(THREE_TO_ONE, within(1e-12));
    }
}
