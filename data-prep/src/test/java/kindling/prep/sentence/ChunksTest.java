package kindling.prep.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
    private static List<String> pieces(String text, int room) {
        return Chunks.of(text, room, String::length).pieces().stream()
                .map(piece -> piece.of(text))
                .toList();
    }

    @Test
    void endsPiecesWhereSentencesEnd() {
        assertThat(pieces("One two. Three four. Five.", 20)).containsExactly("One two. ", "Three four. Five.");
    }

    @Test
    void keepsATextThatFitsInOnePiece() {
        assertThat(pieces(" One two.\n\nThree four. ", 23)).containsExactly(" One two.\n\nThree four. ");
    }

    @Test
    void cutsALongSentenceBetweenWordsAndALongWordBetweenCharacters() {
        assertThat(pieces("one two three four five six", 12)).containsExactly("one two ", "three four ", "five six");
        assertThat(pieces("abcdefghijklmnopqrstuvwxyz", 10)).containsExactly("abcdefghij", "klmnopqrst", "uvwxyz");
    }

    @Test
    void dropsWhatNoPieceHasRoomFor() {
        String text = "ab😀😀c";

        Chunks chunks = Chunks.of(text, 3, some -> 2 * some.length() - some.codePointCount(0, some.length()));

        assertThat(chunks.pieces()).extracting(piece -> piece.of(text)).containsExactly("ab", "😀", "😀", "c");
        Chunks narrow = Chunks.of(text, 2, some -> 2 * some.length() - some.codePointCount(0, some.length()));
        assertThat(narrow.pieces()).extracting(piece -> piece.of(text)).containsExactly("ab", "c");
        assertThat(narrow.dropped()).containsExactly(new Span(2, 6));
    }

    @Test
    void dropsPiecesOfWhiteSpaceAlone() {
        Chunks chunks = Chunks.of("a".repeat(5) + " ".repeat(20) + "b", 5, String::length);

        assertThat(chunks.pieces()).containsExactly(new Span(0, 5), new Span(25, 26));
        assertThat(chunks.dropped()).containsExactly(new Span(5, 25));
    }

    @Test
    void theHeadIsAllThatFits() {
        Chunks head = Chunks.head("One two. Three four.", 11, String::length);

        assertThat(head.pieces()).containsExactly(new Span(0, 11));
        assertThat(head.dropped()).containsExactly(new Span(11, 20));
        assertThat(Chunks.head("", 5, String::length)).isEqualTo(new Chunks(List.of(), List.of()));
    }

    @Test
    void refusesPiecesWithoutRoom() {
        assertThatThrownBy(() -> Chunks.of("a", 0, String::length)).hasMessageContaining(">= 1, got 0");
    }

    /** Not proportional to the length, nor the sum of its parts: words, pairs of marks and bytes count. */
    private static int odd(String text) {
        int bytes = text.codePoints().map(point -> point < 0x80 ? 1 : 3).sum();
        int words = Words.length(text);
        return Math.max(1, bytes / 3 + words - (text.contains(". ") ? 1 : 0));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void piecesAndWhatIsDroppedAreTheWholeText(long seed) {
        Random random = new Random(seed);
        String text = text(random);
        ToIntFunction<String> size = seed % 2 == 0 ? String::length : ChunksTest::odd;
        int room = 1 + random.nextInt(60);

        for (Chunks chunks : List.of(Chunks.of(text, room, size), Chunks.head(text, room, size))) {
            List<Span> all = new ArrayList<>(chunks.pieces());
            all.addAll(chunks.dropped());
            all.sort(Comparator.comparingInt(Span::start));
            int at = 0;
            for (Span span : all) {
                assertThat(span.start()).isEqualTo(at);
                assertThat(span.end()).isGreaterThan(at);
                at = span.end();
            }
            assertThat(at).isEqualTo(text.length());
            assertThat(chunks.pieces()).allMatch(piece -> size.applyAsInt(piece.of(text)) <= room);
            assertThat(all).noneMatch(span -> Character.isLowSurrogate(text.charAt(span.start())));
        }
    }

    private static String text(Random random) {
        List<String> parts =
                List.of("a", "bc", " ", "  ", ". ", ".\n\n", "\n", "é", "😀", "東京。", "Word ", "word", "? ");
        return IntStream.range(0, random.nextInt(400))
                .mapToObj(i -> parts.get(random.nextInt(parts.size())))
                .collect(Collectors.joining());
    }

    @ParameterizedTest(name = "a megabyte of {0}")
    @ValueSource(strings = {"a", ".", "a. ", " ", "あ", "A b. C d e? "})
    void cutsHostileText(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        Chunks chunks = Chunks.of(text, 1000, String::length);

        assertThat(chunks.pieces()).allMatch(piece -> piece.end() - piece.start() <= 1000);
    }

    @Test
    void placesInCodePointsAreThoseOfSparkSql() {
        String text = "a😀b😀c";

        assertThat(Span.inCodePoints(text, List.of(new Span(0, 1), new Span(1, 4), new Span(6, 7))))
                .containsExactly(new Span(0, 1), new Span(1, 3), new Span(4, 5));
    }
}
