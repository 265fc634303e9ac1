package kindling.prep.rouge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubsequenceTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalsTheTableFilledCellByCell(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int vocabulary = random.nextInt(1, 60);
        Subsequence reused = new Subsequence(vocabulary);

        for (int pair = 0; pair < 40; pair++) {
            int[] target = random.ints(random.nextInt(0, 200), 0, vocabulary).toArray();
            int[] prediction =
                    random.ints(random.nextInt(0, 200), 0, vocabulary).toArray();
            int[][] table = table(target, prediction);
            BitSet marked = new BitSet();
            reused.to(target).mark(prediction, marked);

            assertThat(reused.length(prediction)).isEqualTo(table[target.length][prediction.length]);
            assertThat(marked).isEqualTo(walkedBack(table, target, prediction));
        }
    }

    private static int[][] table(int[] target, int[] prediction) {
        int[][] table = new int[target.length + 1][prediction.length + 1];
        for (int i = 1; i <= target.length; i++) {
            for (int j = 1; j <= prediction.length; j++) {
                table[i][j] = target[i - 1] == prediction[j - 1]
                        ? table[i - 1][j - 1] + 1
                        : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        return table;
    }

    private static BitSet walkedBack(int[][] table, int[] target, int[] prediction) {
        BitSet positions = new BitSet();
        int i = target.length;
        int j = prediction.length;
        while (i > 0 && j > 0) {
            if (target[i - 1] == prediction[j - 1]) {
                positions.set(--i);
                j--;
            } else if (table[i][j - 1] > table[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return positions;
    }
}
