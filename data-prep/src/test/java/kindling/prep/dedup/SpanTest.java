package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    /** Cuts what stands in brackets out of the text without them. */
    private static String cut(String marked) {
        List<Span> spans = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == '[') {
                start = text.length();
            } else if (c == ']') {
                spans.add(new Span(start, text.length(), "substring", "a"));
            } else {
                text.append(c);
            }
        }
        return Span.cut(text.toString(), spans);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            One. [Two.] Three.              | One.N Three.
            [One.] Two.                     | Two.
            One. [Two.]                     | One.
            One.N[Two.]NThree.N             | One.NThree.N
            One.NN[Two.]NNThree.            | One.NNThree.
            One.NN[Two.]N[Three.]NFour.     | One.NNFour.
            One. [Two.] [Three.]NNFour.     | One.NNFour.
            [One.]N[Two.]                   | ''
            One. Two.                       | One. Two.
            """)
    void joinsWhatIsLeft(String marked, String left) {
        assertThat(cut(marked.replace("N", "\n")))
                .isEqualTo(left.replace("N ", "\n").replace("N", "\n"));
    }

    @Test
    void neverLeavesWhiteSpaceAlone() {
        assertThat(cut("\n [One.]\u00a0[Two.]\n\n")).isEmpty();
    }

    @Test
    void isNeverEmpty() {
        assertThatThrownBy(() -> new Span(3, 3, "substring", "a")).hasMessageContaining("got 3 to 3");
    }
}
