package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameRecognizerTest {
    private final NameRecognizer names = new NameRecognizer();

    @Test
    void tellsFourTypesApartInOnePass() {
        List<String> found = new ArrayList<>();
        String text = "Jane Roe of Brightwater Inc. lives at 12 Elm Street and comes from Oslo";

        names.find(text, (type, start, end, score) -> found.add(type + ":" + text.substring(start, end)));

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "PERSON:Jane Roe", "ORG:Brightwater Inc.", "ADDRESS:12 Elm Street", "LOCATION:Oslo");
        assertThat(names.types()).containsExactlyInAnyOrder("PERSON", "ORG", "ADDRESS", "LOCATION");
    }

    @Test
    void takesSpellingsThatDifferInSpaceAndCaseForOne() {
        assertThat(names.canonical("12 Elm Street\n  LONDON")).isEqualTo(names.canonical("12 Elm street london"));
    }
}
