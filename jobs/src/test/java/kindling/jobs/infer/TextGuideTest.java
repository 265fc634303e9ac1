package kindling.jobs.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;

class TextGuideTest {
    private final Tokenizer tokenizer = TinyTokenizer.bytes();
    private final int end = tokenizer.endOfText();

    @Test
    void endsATextBeforeTheFirstStopStringInIt() {
        TextGuide guide = guide(List.of("Question:", "\n\n"), List.of());

        assertThat(guide.isOver(ids("Paris.\n"))).isFalse();
        assertThat(guide.isOver(ids("Paris.\n\n"))).isTrue();
        assertThat(guide.text(ids("Paris.\n\nQuestion:"))).isEqualTo("Paris.");
        assertThat(guide.text(ids("Question: what?\n\n"))).isEmpty();
        assertThat(guide.text(ids("Paris.\n"))).isEqualTo("Paris.\n");
        assertThat(guide.next(ids("Paris"))).isEmpty();
    }

    @Test
    void findsAStopStringThatBeginsInsideAToken() {
        TextGuide guide = guide(List.of("né"), List.of());
        int[] whole = ids("née");

        assertThat(guide.isOver(Arrays.copyOf(whole, 2))).isFalse(); // half a character
        assertThat(guide.isOver(Arrays.copyOf(whole, 3))).isTrue();
        assertThat(guide.text(whole)).isEmpty();
    }

    @Test
    void endsATextAtEveryEndId() {
        TextGuide guide = new TextGuide(tokenizer, List.of(7, end), List.of(), List.of());

        assertThat(guide.isOver(new int[] {65, end})).isTrue();
        assertThat(guide.isOver(new int[] {end, 65})).isFalse();
    }

    @Test
    void allowsWhatContinuesAChoice() {
        TextGuide guide = guide(List.of(), List.of("yes", "no"));

        assertThat(guide.next(new int[0]).orElseThrow()).containsExactly(ids("y")[0], ids("n")[0]);
        assertThat(guide.isOver(ids("ye"))).isFalse();
        assertThat(guide.isOver(ids("yes"))).isTrue();
        assertThat(guide.mostIds()).contains(4);
    }

    private TextGuide guide(List<String> stop, List<String> choices) {
        return new TextGuide(tokenizer, List.of(end), stop, choices);
    }

    private int[] ids(String text) {
        return tokenizer.encode(text);
    }
}
