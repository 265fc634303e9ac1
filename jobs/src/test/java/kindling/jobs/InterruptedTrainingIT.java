package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a training, as a cluster's scheduler or Ctrl-C sends it: a last state is written, and the same command goes on from it. */
class InterruptedTrainingIT {
    private static final String[] OPTIONS = {"--steps", "60", "--local-steps", "3", "--checkpoint-rounds", "20"};

    @TempDir
    Path folder;

    @Test
    void writesALastStateAndGoesOnFromIt() throws Exception {
        SmallTraining training = SmallTraining.prepare(folder);
        Map<String, String> whole = training.trained("whole", "local[2]", OPTIONS);

        int round;
        try (Child run = training.train("stopped", "local[2]", OPTIONS)) {
            run.await("train \\| (round 3) of 20", SmallTraining.DEADLINE);
            run.process().destroy(); // SIGTERM
            assertThat(run.finish(SmallTraining.DEADLINE)).isNotZero();
            round = Integer.parseInt(
                    run.await("train stopped after round (\\d+) of 20: the same command", SmallTraining.DEADLINE));
        }

        assertThat(folder.resolve(".stopped.unfinished/round-%06d/trainer_state.json".formatted(round)))
                .exists();
        assertThat(training.trained("stopped", "local[2]", OPTIONS)).isEqualTo(whole);
        assertThat(Files.readString(folder.resolve("stopped.log")))
                .contains("going on after round %d of 20".formatted(round));
    }
}
