package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed at twenty random moments in a row and started again by the same command. */
@Tag("slow")
class KillAndResumeIT {
    private static final int KILLS = 20;
    private static final int FIRST_STATE = 2; // --checkpoint-rounds
    private static final String RESUMED = "going on after round (\\d+)";
    private static final int ROUNDS =
            3 * KILLS + 4; // a run goes on from an even round and dies one to three rounds later
    private static final int LONGEST_MILLIS = 400; // a round, with the state that is written after it
    private static final String[] OPTIONS = {
        "--steps", String.valueOf(4 * ROUNDS), "--local-steps", "4", "--checkpoint-rounds", "2"
    };

    @TempDir
    Path folder;

    @Test
    void endsWithTheBytesOfATrainingThatNobodyDisturbed() throws Exception {
        SmallTraining training = SmallTraining.prepare(folder);
        Map<String, String> reference = training.trained("undisturbed", "local[2]", OPTIONS);
        Random random = new Random(7);

        for (int kill = 0; kill < KILLS; kill++) {
            try (Child run = training.train("killed", "local[2]", OPTIONS)) {
                int from = kill == 0 ? FIRST_STATE : Integer.parseInt(run.await(RESUMED, SmallTraining.DEADLINE));
                int round = from + 1 + random.nextInt(2);
                run.await("\\| (round %d) of %d".formatted(round, ROUNDS), SmallTraining.DEADLINE);
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                assertThat(run.process().isAlive()).as("killed before its end").isTrue();
                run.kill();
            }
        }

        assertThat(training.trained("killed", "local[2]", OPTIONS)).isEqualTo(reference);
        assertThat(Files.readString(folder.resolve("killed.log")).split(RESUMED, -1))
                .as("every start but the first went on, so between two of them a piece of the log")
                .hasSize(KILLS + 1);
    }
}
