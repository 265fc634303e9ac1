package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kindling.prep.Document;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class LanguagesTest {
    private final Filter filter = Filter.of(List.of(Languages.rules(List.of("en", "fr"))));

    @Test
    void dropsDocumentsThatSayTheyAreInAnotherLanguage() {
        Document german = Document.of("1", "Der Kessel stand lange auf dem Herd.", "a.txt")
                .withLanguage("de");

        assertThat(filter.judge(german).verdict()).isEqualTo(Verdict.drop("language_confidence", "0.00 < 0.65"));
    }

    @Test
    void dropsTextsThatDoNotTell() {
        assertThat(filter.judge(Document.of("1", "", "a.txt")).verdict())
                .isEqualTo(Verdict.drop("language_confidence", "0.00 < 0.65"));
    }
}
