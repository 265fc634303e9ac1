package kindling.prep.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParagraphsTest {
    private static final char P = Paragraphs.PARAGRAPH;

    @Test
    void linesAreJoinedAndParagraphsKept() {
        assertThat(Paragraphs.of(P + "Tea is\nhot.\n" + P + "Ice is\ncold.\n"))
                .isEqualTo("Tea is hot.\n\nIce is cold.");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "the iden-, tifier, the identifier",
        "the iden\u00AD, tifier, the identifier",
        "the iden\u2010, tifier, the identifier",
        "a well-, known fact, a well-known fact",
        "the Anglo-, Saxon, the Anglo-Saxon",
        "from 1914-, 1918, from 1914- 1918",
        "he said -, softly, he said - softly",
    })
    void dividedWordsAreMadeWholeUnlessTheyHaveAHyphen(String before, String after, String whole) {
        String elsewhere = P + "It was well-known elsewhere.";

        assertThat(Paragraphs.of(P + before + "\n" + after + "\n" + elsewhere)).startsWith(whole + "\n\n");
    }

    @Test
    void scriptsWithoutSpacesGetNone() {
        assertThat(Paragraphs.of("\u8336\u304C\n\u71B1\u3044\u3002\n\u6C34"))
                .isEqualTo("\u8336\u304C\u71B1\u3044\u3002\u6C34");
    }

    @Test
    void sentenceGoesOnAfterThePage() {
        String text = Paragraphs.of(P + "A sentence that is as long as its\n\f" + P + "page and longer.\n\f");

        assertThat(text).isEqualTo("A sentence that is as long as its page and longer.");
    }

    @Test
    void shortLinesOfAListStayApart() {
        String list = P + "tea\n" + P + "milk\n" + P + "an amount of sugar that is hard to tell";

        assertThat(Paragraphs.of(list)).isEqualTo("tea\n\nmilk\n\nan amount of sugar that is hard to tell");
    }

    @Test
    void runningTitlesAndPageNumbersAreLeftOut() {
        StringBuilder pages = new StringBuilder();
        for (int page = 1; page <= 4; page++) {
            pages.append(P + "The book of tea\n" + P + "Chapter ")
                    .append("I".repeat(page))
                    .append("\n" + P + "Words of it" + "!".repeat(page) + "\n" + P)
                    .append(page)
                    .append("\n\f");
        }

        assertThat(Paragraphs.of(pages.toString()))
                .isEqualTo("Chapter I\n\nWords of it!\n\nChapter II\n\nWords of it!!\n\n"
                        + "Chapter III\n\nWords of it!!!\n\nChapter IIII\n\nWords of it!!!!");
    }
}
