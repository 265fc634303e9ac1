package kindling.jobs.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummarizeTest {
    private static final Tokenizer TOKENIZER = TinyTokenizer.bytes();

    private static List<String> pieces(String text, int room) {
        return Summarize.pieces(TOKENIZER, text, room).stream()
                .map(TOKENIZER::decode)
                .toList();
    }

    @Test
    void cutsBetweenSentences() {
        assertThat(pieces("The first one. The second one. A third.", 30))
                .containsExactly("The first one. The second one.", " A third.");
    }

    @Test
    void cutsASentenceThatIsLongerThanTheRoomBetweenTokens() {
        assertThat(pieces("abcdefghijklmnopqrstuvwxyz", 10)).containsExactly("abcdefghij", "klmnopqrst", "uvwxyz");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyWordOfTheTextIsInAPiece(long seed) {
        Random random = new Random(seed);
        String text = IntStream.range(0, 40)
                .mapToObj(i -> sentence(random))
                .collect(Collectors.joining(random.nextBoolean() ? " " : "\n\n"));

        int room = 16 + random.nextInt(100);

        List<int[]> pieces = Summarize.pieces(TOKENIZER, text, room);

        assertThat(pieces).allMatch(piece -> piece.length > 0 && piece.length <= room);
        int[] ids = pieces.stream().flatMapToInt(IntStream::of).toArray();
        assertThat(TOKENIZER.decode(ids).split("\\s+")).containsExactly(text.split("\\s+"));
    }

    private static String sentence(Random random) {
        return IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(i -> word(random))
                .collect(Collectors.joining(" ", "It ", "."));
    }

    private static String word(Random random) {
        String letters = Long.toUnsignedString(random.nextLong() | 1L << 63, 36).substring(0, 1 + random.nextInt(10));
        return random.nextInt(5) == 0 ? letters.toUpperCase(Locale.ROOT) + "é" : letters;
    }

    @Test
    void firstWordsKeepsTheSpacesBetweenThem() {
        assertThat(Summarize.firstWords("one  two\nthree four", 3)).isEqualTo("one  two\nthree");
        assertThat(Summarize.firstWords("one two", 2)).isEqualTo("one two");
        assertThat(Summarize.firstWords("one two ", 9)).isEqualTo("one two ");
        assertThat(Summarize.firstWords("", 1)).isEmpty();
    }
}
