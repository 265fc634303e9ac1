package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharacterVocabularyTest {
    private final Tokenizer tokenizer =
            Tokenizer.ofCharacters("banana\n😀".codePoints().toArray(), false, List.of("<|pad|>"));

    @Test
    void numbersCharactersByCodePoint() {
        assertThat(tokenizer.encode("\nabn😀")).containsExactly(0, 1, 2, 3, 4);
        assertThat(tokenizer.decode(new int[] {0, 1, 2, 3, 4})).isEqualTo("\nabn😀");
    }

    @Test
    void putsSpecialTokensBehindAndTheEndOfTextLast() {
        assertThat(tokenizer.id(Tokenizer.UNKNOWN)).hasValue(5);
        assertThat(tokenizer.id("<|pad|>")).hasValue(6);
        assertThat(tokenizer.endOfText()).isEqualTo(7);
        assertThat(tokenizer.size()).isEqualTo(8);
    }

    @Test
    void takesEveryOtherCharacterForTheUnknownOne() {
        assertThat(tokenizer.encode("bxyb")).containsExactly(2, 5, 5, 2);
    }

    @Test
    void takesTheSpellingOfASpecialTokenForCharacters() {
        assertThat(tokenizer.encode("<|pad|>")).doesNotContain(6);
    }

    @Test
    void readsOneLongWordInLinearTime() {
        String text = "banana\n".repeat(300_000);

        long start = System.nanoTime();
        int[] ids = tokenizer.encode(text);
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(ids).hasSize(text.length());
        assertThat(seconds).isLessThan(5);
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }
}
