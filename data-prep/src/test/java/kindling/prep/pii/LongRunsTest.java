package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongRunsTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void findsWhatLookingAtEveryCharacterFinds(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int shortest = 1 + random.nextInt(6);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(random.nextInt(5) == 0 ? ' ' : 'x');
            }

            List<String> found = new ArrayList<>();
            LongRuns.find(text.toString(), shortest, c -> c == 'x', (start, end) -> found.add(start + "-" + end));

            assertThat(found).as(text.toString()).isEqualTo(slowly(text.toString(), shortest));
        }
    }

    private static List<String> slowly(String text, int shortest) {
        List<String> found = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) != 'x') {
                if (i - start >= shortest) {
                    found.add(start + "-" + i);
                }
                start = i + 1;
            }
        }
        return found;
    }
}
