package kindling.prep.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconTest {
    private final Lexicon lexicon = Lexicon.shared();

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "bank, ORDINARY",
        "will, COMMON",
        "mette, GIVEN",
        "siobhan, GIVEN",
        "krisztián, GIVEN",
        "krisztian, GIVEN",
        "smith, FAMILY",
        "wang, FAMILY",
        "иванов, FAMILY",
        "ivanov, FAMILY",
        "kenosha, PLACE",
        "new zealand, COUNTRY",
        "norwegen, COUNTRY",
        "changsha, PLACE",
        "monday, OTHER",
    })
    void knows(String word, String flag) throws ReflectiveOperationException {
        int bit = Lexicon.class.getField(flag).getInt(null);

        assertThat(lexicon.flags(word) & bit).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"mette, ORDINARY", "of, GIVEN", "table, PLACE", "xqzyy, ORDINARY"})
    void doesNotTake(String word, String flag) throws ReflectiveOperationException {
        int bit = Lexicon.class.getField(flag).getInt(null);

        assertThat(lexicon.flags(word) & bit).isZero();
    }

    @Test
    void isLoadedOnce() {
        assertThat(Lexicon.shared()).isSameAs(lexicon);
        assertThat(lexicon.size()).isGreaterThan(150_000);
    }

    @Test
    void keepsItsFlagsWhileItGrows() {
        WordFlags words = new WordFlags();
        for (int i = 0; i < 100_000; i++) {
            words.add("w" + i, 1 + i % 7);
        }

        for (int i = 0; i < 100_000; i++) {
            assertThat(words.get(WordFlags.hash("w" + i))).isEqualTo(1 + i % 7);
        }
        assertThat(words.size()).isEqualTo(100_000);
        assertThat(words.get(WordFlags.hash("none"))).isZero();
    }
}
