package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kindling.jobs.UserError;
import kindling.model.train.MemoryPlan;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {
    private static final MemoryPlan HUNDRED_BYTES = new MemoryPlan(10, 20, 30, 35, 5);

    @Test
    void asManyTasksMustFitAsRunAtATime() {
        assertThatCode(() -> new Room(2, 200).require(5, HUNDRED_BYTES, "less")).doesNotThrowAnyException();
        assertThatCode(() -> new Room(8, 300).require(3, HUNDRED_BYTES, "less")).doesNotThrowAnyException();
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheNumbersAndTheRemedies() {
        assertThatThrownBy(() -> new Room(2, 199).require(5, HUNDRED_BYTES, "a lower --batch-size"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("needs 200 bytes")
                .hasMessageContaining("199 are available")
                .hasMessageContaining("a lower --batch-size, or more memory");
    }

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource({
        "local, , , 1",
        "local[3], , , 3",
        "'local[3, 2]', , , 3",
        "local[*], , , 2147483647",
        "'local-cluster[2,3,1024]', , , 3",
        "'local-cluster[2,3,1024]', 2, , 2",
        "yarn, , , 1",
        "yarn, 4, , 4",
        "k8s://https://host, 6, , 6",
        "spark://host:7077, , , 2147483647",
        "spark://host:7077, , 5, 5",
        "spark://host:7077, 4, 16, 4"
    })
    void coresAreThoseThatSparkUses(String master, String perExecutor, String most, int cores) {
        SparkConf conf = new SparkConf(false).set("spark.default.parallelism", "64");
        if (perExecutor != null) {
            conf.set("spark.executor.cores", perExecutor);
        }
        if (most != null) {
            conf.set("spark.cores.max", most);
        }

        assertThat(Room.cores(master, conf)).isEqualTo(cores);
    }
}
