package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemGramsTest {
    @ParameterizedTest(name = "{0} words, n = {1}")
    @CsvSource({
        "20, 13, 13, 8",
        "14, 13, 13, 2",
        "13, 13, 13, 1",
        "12, 13, 12, 1",
        "8, 13, 8, 1",
        "7, 13, 7, 0",
        "1, 13, 1, 0",
        "0, 13, 13, 0",
        "5, 5, 5, 1",
        "4, 5, 4, 0",
        "1, 1, 1, 1"
    })
    void areRunsOfNWordsOrOfAllOfFewer(int count, int n, int words, int hashes) {
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < count; i++) {
            item.append("w").append(i).append(' ');
        }

        ItemGrams grams = ItemGrams.of(item.toString(), n);

        assertThat(grams.words()).isEqualTo(words);
        assertThat(grams.hashes()).hasSize(hashes);
        if (hashes == 1) {
            assertThat(Shingles.of("before " + item + " after", words)).contains(grams.hashes());
        }
    }
}
