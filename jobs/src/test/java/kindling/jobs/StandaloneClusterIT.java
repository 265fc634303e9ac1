package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One training, as a user submits it, on one core, on two, and on an encrypted standalone cluster that loses an executor in the
 * middle of a round: the same bytes in every file.
 */
class StandaloneClusterIT {
    private static final String[] ROUNDS = {"--steps", "68", "--local-steps", "17", "--checkpoint-rounds", "4"};
    private static final List<String> SECURITY =
            List.of("spark.authenticate", "spark.network.crypto.", "spark.io.encryption.");

    @TempDir
    static Path folder;

    private static SmallTraining training;
    private static Map<String, String> reference;

    @BeforeAll
    static void trainsOnOneCore() throws Exception {
        training = SmallTraining.prepare(folder);
        reference = training.trained("one", "local[1]", ROUNDS);
        assertThat(reference).containsKeys("model.safetensors", "trainer.safetensors", "trainer_state.json");
    }

    @Test
    void givesTheSameBytesOnTwoCores() throws Exception {
        assertThat(training.trained("two", "local[2]", ROUNDS)).isEqualTo(reference);
    }

    @Test
    void givesTheSameBytesOnAnEncryptedClusterThatLosesAnExecutorInTheMiddleOfARound() throws Exception {
        Path spark = SmallTraining.HOME.resolve("jobs/target/spark");
        Path settings = settings();
        Path logs = Files.createDirectory(folder.resolve("cluster"));

        try (StandaloneCluster cluster = StandaloneCluster.start(spark, settings, logs, 2);
                Child driver = training.train("lost", cluster.url(), onCluster(settings))) {
            driver.await("\\| (round 2) of 4", SmallTraining.DEADLINE);
            cluster.killInTheMiddleOfATask(SmallTraining.DEADLINE);
            assertThat(driver.printed()).doesNotContain("round 3 of 4");

            assertThat(driver.finish(SmallTraining.DEADLINE))
                    .as(driver.printed())
                    .isZero();
            assertThat(driver.printed()).contains("Lost executor", "ExecutorLostFailure"); // a task was running there
        }
        assertThat(training.outputs("lost")).isEqualTo(reference);
    }

    /** The profile for such clusters, with authentication and encryption switched on as the sizing guide says. */
    private static Path settings() throws IOException {
        ClusterProfile profile = ClusterProfile.read("standalone");
        Map<String, String> settings = new TreeMap<>(profile.offered());
        settings.keySet().removeIf(name -> SECURITY.stream().noneMatch(name::startsWith));
        assertThat(settings).hasSize(6);
        settings.putAll(profile.settings());
        settings.put("spark.authenticate.secret", HexFormat.of().formatHex(new SecureRandom().generateSeed(32)));
        settings.putAll(Map.of("spark.executor.cores", "1", "spark.cores.max", "2", "spark.ui.enabled", "false"));
        List<String> lines = settings.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .toList();
        return Files.write(folder.resolve("cluster.conf"), lines);
    }

    private static String[] onCluster(Path settings) {
        return Stream.concat(Stream.of(ROUNDS), Stream.of("--properties-file", settings.toString()))
                .toArray(String[]::new);
    }
}
