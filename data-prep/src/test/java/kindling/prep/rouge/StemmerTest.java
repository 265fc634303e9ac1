package kindling.prep.rouge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemmerTest {
    /** The examples of the paper, step by step, with what the later steps make of them. */
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "caresses, caress",
        "ponies, poni",
        "caress, caress",
        "cats, cat",
        "feed, feed",
        "agreed, agre",
        "plastered, plaster",
        "bled, bled",
        "motoring, motor",
        "sing, sing",
        "conflated, conflat",
        "troubled, troubl",
        "sized, size",
        "hopping, hop",
        "tanned, tan",
        "falling, fall",
        "hissing, hiss",
        "fizzed, fizz",
        "failing, fail",
        "filing, file",
        "happy, happi",
        "relational, relat",
        "conditional, condit",
        "valenci, valenc",
        "digitizer, digit",
        "radicalli, radic",
        "vietnamization, vietnam",
        "operator, oper",
        "feudalism, feudal",
        "hopefulness, hope",
        "sensibiliti, sensibl",
        "triplicate, triplic",
        "formative, form",
        "electrical, electr",
        "goodness, good",
        "revival, reviv",
        "adjustable, adjust",
        "replacement, replac",
        "adoption, adopt",
        "homologou, homolog",
        "effective, effect",
        "probate, probat",
        "rate, rate",
        "cease, ceas",
        "controll, control",
        "roll, roll",
        "generalizations, gener",
        "oscillators, oscil"
    })
    void stemsTheExamplesOfThePaper(String word, String stem) {
        assertThat(Stemmer.stem(word)).isEqualTo(stem);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "skies, sky",
        "dying, die",
        "news, news",
        "innings, inning",
        "proceed, proceed",
        "dies, die",
        "tied, tie",
        "cried, cri",
        "spied, spi",
        "say, say",
        "enjoy, enjoy",
        "by, by",
        "hopefully, hope",
        "geologi, geolog",
        "ice, ice",
        "yyyy, yyyi"
    })
    void followsTheExtensionsOfTheCommonVariant(String word, String stem) {
        assertThat(Stemmer.stem(word)).isEqualTo(stem);
    }

    @Test
    void stemsAMegabyteOfOneLetter() {
        assertThat(Stemmer.stem("y".repeat(1 << 20))).hasSize(1 << 20);
    }
}
