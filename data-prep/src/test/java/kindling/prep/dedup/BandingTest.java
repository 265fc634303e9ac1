package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandingTest {
    @ParameterizedTest(name = "similarity {0}")
    @CsvSource({"0.2, 0.006", "0.3, 0.047", "0.4, 0.186", "0.5, 0.470", "0.6, 0.802", "0.7, 0.975", "0.8, 0.9996"})
    void twentyBandsOfFiveRowsGiveTheTextbooksCurve(double similarity, double probability) {
        // "Mining of Massive Datasets", 3rd edition, figure 3.8.
        assertThat(new Banding(20, 5).candidateProbability(similarity)).isCloseTo(probability, within(0.0005));
    }

    @ParameterizedTest(name = "threshold {0}, recall {1}")
    @CsvSource({
        "0.3, 0.9",
        "0.5, 0.9",
        "0.5, 0.9999",
        "0.7, 0.99",
        "0.8, 0.5",
        "0.8, 0.92",
        "0.8, 0.99",
        "0.8, 0.999999",
        "0.9, 0.99",
        "0.95, 0.999",
        "1, 0.9"
    })
    void reachesTheRecallWithNoBandToSpare(double threshold, double recall) {
        Banding banding = Banding.of(threshold, recall);

        assertThat(banding.candidateProbability(threshold)).isGreaterThanOrEqualTo(recall);
        if (banding.bands() > 1) {
            assertThat(new Banding(banding.bands() - 1, banding.rows()).candidateProbability(threshold))
                    .isLessThan(recall);
        }
    }

    @Test
    void theDefaultComesOutForItsOwnRecall() {
        assertThat(Banding.of(0.8, 0.92)).isEqualTo(new Banding(14, 8));
    }

    @Test
    void refusesNothingness() {
        assertThatThrownBy(() -> new Banding(0, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Banding(14, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
