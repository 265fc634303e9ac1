package kindling.prep.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kindling.prep.sentence.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupportTest {
    private static final String SOURCE = "The cat sat on the mat. It was grey.";

    private static Claim claim(String source, String sentence) {
        List<Claim> claims = Support.claims(source, sentence);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    /** The words at a place in code points. */
    private static String at(String text, Span place) {
        return text.substring(text.offsetByCodePoints(0, place.start()), text.offsetByCodePoints(0, place.end()));
    }

    @Test
    void isOneForACopyAndZeroForNothingShared() {
        assertThat(Support.of(SOURCE, SOURCE)).isEqualTo(1);
        assertThat(Support.of(SOURCE, "Dogs bark loudly.")).isZero();
        assertThat(Support.of(SOURCE, "")).isZero();
        assertThat(Support.of("", SOURCE)).isZero();
    }

    @Test
    void countsEverySentenceAlike() {
        assertThat(Support.claims(SOURCE, "It was grey. Dogs bark all night long. Cat!"))
                .extracting(Claim::support)
                .containsExactly(1.0, 0.0, 1.0);
        assertThat(Support.of(SOURCE, "It was grey. Dogs bark all night long.")).isEqualTo(0.5);
    }

    @Test
    void namesTheNumberThatWasChanged() {
        String source = "The firm sold 40 ships for $1,200,000 in 2019, three of them to Peru.";

        Claim right = claim(source, "The firm sold 40 ships for $1200000 in 2019, 3 of them to Peru.");
        Claim wrong = claim(source, "The firm sold 90 ships for $1,200,000 in 2019.");

        assertThat(right.numbers()).isEqualTo(1);
        assertThat(wrong.numbers()).isEqualTo(2.0 / 3);
        assertThat(wrong.missing())
                .extracting(place -> at("The firm sold 90 ships for $1,200,000 in 2019.", place))
                .containsExactly("90");
        assertThat(wrong.isSupported(0)).isFalse();
    }

    @Test
    void namesThatWereSwappedAreMissing() {
        String source = "Yesterday Anna Lund of Oslo praised Carl Berg.";

        Claim right = claim(source, "Yesterday Anna Lund praised Carl Berg.");
        Claim wrong = claim(source, "Yesterday Anna Berg praised Carl Lund.");

        assertThat(right.names()).isEqualTo(1);
        assertThat(wrong.names()).isZero();
        assertThat(wrong.support()).isLessThan(right.support());
    }

    @Test
    void namesThatChangedPlacesLowerTheSupport() {
        String source = "Anna paid Bert for the boat.";

        assertThat(claim(source, "Bert paid Anna for the boat.").support())
                .isLessThan(claim(source, "Anna paid Bert.").support());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "The bridge is not safe for lorries., The bridge is safe for lorries., true",
        "The bridge is not safe for lorries., The bridge is not safe., false",
        "The bridge is not safe for lorries., The bridge isn't safe for lorries., false",
        "The bridge is safe for lorries., The bridge is not safe for lorries., true",
        "He did not pay the bill., He paid the bill., true",
        "He paid the bill. Nobody had asked him to do it., He paid the bill., false"
    })
    void seesWhetherADenialWasLeftOutOrPutIn(String source, String sentence, boolean contradicted) {
        assertThat(claim(source, sentence).contradicted()).isEqualTo(contradicted);
    }

    @Test
    void saysWhereTheSourceHasTheWords() {
        String source = "😀 The old bridge was closed in May. Drivers complained.";
        String sentence = "😀 In May the old bridge was closed.";

        Claim claim = claim(source, sentence);

        assertThat(at(sentence, claim.place())).isEqualTo(sentence);
        assertThat(claim.matches())
                .extracting(match -> at(sentence, match.summary()) + " = " + at(source, match.source()))
                .containsExactly("In May = in May", "the old bridge was closed = The old bridge was closed");
    }

    @ParameterizedTest(name = "a megabyte of {0}")
    @ValueSource(strings = {"a", ".", "a b ", "a. ", "あ", "1,", "A "})
    void readsHostileText(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        assertThat(Support.of(text, text)).isBetween(0.0, 1.0);
    }
}
