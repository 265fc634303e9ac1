package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void isALineWithoutTheWhiteSpaceAroundIt() {
        String text = "First line here\r\n\n\t Second  line here \nshort";

        List<Paragraph> paragraphs = Paragraph.of(text, 3);

        assertThat(paragraphs.stream().map(p -> text.substring(p.start(), p.end())))
                .containsExactly("First line here", "Second  line here");
    }

    @Test
    void keyLeavesOutCaseAndWhiteSpace() {
        List<Paragraph> paragraphs = Paragraph.of("One two.\n ONE \t two.\nOne two!", 2);

        assertThat(paragraphs.get(1).key()).isEqualTo(paragraphs.get(0).key());
        assertThat(paragraphs.get(2).key()).isNotEqualTo(paragraphs.get(0).key());
    }

    @Test
    void charactersOfScriptsWithoutSpacesAreWords() {
        assertThat(Paragraph.of("\u4f60\u597d\u4e16\u754c", 4)).hasSize(1);
        assertThat(Paragraph.of("\u4f60\u597d\u4e16\u754c", 5)).isEmpty();
    }

    @Test
    void emptyLinesAreNone() {
        assertThat(Paragraph.of("\n \n\n", 1)).isEmpty();
        assertThat(Paragraph.of("", 1)).isEmpty();
    }
}
