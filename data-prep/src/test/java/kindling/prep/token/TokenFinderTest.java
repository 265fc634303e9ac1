package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFinderTest {
    private static final AddedToken[] TOKENS = {
        AddedToken.special(0, "<a>"),
        AddedToken.special(1, "<a>b"),
        new AddedToken(2, "word", false, true, false, false, false),
        new AddedToken(3, "[L]", false, false, true, false, false),
        new AddedToken(4, "[R]", false, false, false, true, false),
        AddedToken.special(5, "😀"),
    };

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain text;plain text",
                "x<a>y;x|0|y",
                "<a><a>;0|0",
                "<a>b;1",
                "<a<a>;<a|0",
                "<a;<a",
                "a word here;a |2| here",
                "word;2",
                "words swords word_ wörd word1;words swords word_ wörd word1",
                "wordword;wordword",
                "(word);(|2|)",
                "a  [L] b;a|3| b",
                "  [L][L];3|3",
                "a [R]  b;a |4|b",
                "[R]  [L];4|3",
                "[R] \u3000\u00A0x;4|x",
                "a😀b;a|5|b",
                "\uD83Da;\uD83Da",
            })
    void cutsATextAtItsTokens(String text, String parts) {
        List<String> found = new ArrayList<>();
        new TokenFinder(Stream.of(TOKENS), content -> content).split(text, new TokenFinder.Parts() {
            @Override
            public void text(String part, int start) {
                found.add(part);
                assertThat(text.substring(start)).startsWith(part);
            }

            @Override
            public void token(int id) {
                found.add(Integer.toString(id));
            }
        });

        assertThat(String.join("|", found)).isEqualTo(parts);
    }

    @ParameterizedTest(name = "{0} tokens")
    @CsvSource({"1", "1000"})
    void findsEachOfManyTokens(int count) {
        TokenFinder finder = new TokenFinder(
                IntStream.range(0, count).mapToObj(id -> AddedToken.special(id, "<|reserved_" + id + "|>")),
                content -> content);
        List<Integer> found = new ArrayList<>();

        for (int id = 0; id < count; id++) {
            finder.split("<|reserved_" + id + "|>", new TokenFinder.Parts() {
                @Override
                public void text(String part, int start) {
                    throw new AssertionError(part);
                }

                @Override
                public void token(int id) {
                    found.add(id);
                }
            });
        }

        assertThat(found).isEqualTo(IntStream.range(0, count).boxed().toList());
    }
}
