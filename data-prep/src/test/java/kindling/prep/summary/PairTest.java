package kindling.prep.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kindling.prep.sentence.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairTest {
    private static final String CLASS_PAGE = """
            Package org.example.text

            Class Strings

            java.lang.Object
                org.example.text.Strings

            All Implemented Interfaces:
            Serializable, Comparable<Strings>

            public final class Strings extends Object implements Serializable, Comparable<Strings>

            Operations on String that are null safe. A null input gives a null output, e.g. in trim.

            Since:
            1.0

            Method Summary
            static String trim(String text)
            Removes white space from both ends.
            """;

    @Test
    void leadsWithTheFirstSentenceOfProse() {
        Pair pair = Pair.lead(CLASS_PAGE).orElseThrow();

        assertThat(pair.summary()).isEqualTo("Operations on String that are null safe.");
        assertThat(pair.document())
                .isEqualTo(CLASS_PAGE.replace(pair.summary() + " ", "").strip());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "T - the type of the elements in the range.",
                "E - The kind of thrown exception or error.",
                "Deprecated. As of 3.6, use the text library instead.",
                "As of 3.6, use the text library instead.",
                "This is a functional interface and can therefore be used as the target of a lambda expression.",
                "All Known Implementing Classes: A, B and C.",
                "For other uses, see Range (disambiguation).",
                "Copyright © 2020 The Example Foundation. All rights reserved here.",
                "if (a == b) { c(); d(); } else { e(); }.",
                "public void add(int a, int b)",
                "Too short."
            })
    void passesOverWhatIsNotAboutTheSubject(String line) {
        String text =
                line + "\n\nA range holds two numbers in order.\nMore follows here, and here, and here, and here.";

        assertThat(Pair.lead(text).orElseThrow().summary()).isEqualTo("A range holds two numbers in order.");
    }

    @Test
    void leadsWithTheOpeningOfNews() {
        String news =
                "Storm floods valley\nBy A Reporter\nLONDON - A storm flooded the valley on Monday, officials said."
                        + " Roads were closed. Nobody was hurt, and the trains ran again by noon.";

        assertThat(Pair.lead(news).orElseThrow())
                .isEqualTo(new Pair(
                        "Storm floods valley\nBy A Reporter\nRoads were closed. Nobody was hurt, and the trains ran"
                                + " again by noon.",
                        "LONDON - A storm flooded the valley on Monday, officials said."));
    }

    @Test
    void isEmptyWithoutProseOrWithoutARest() {
        assertThat(Pair.lead("Index\nA B C\nD E F")).isEmpty();
        assertThat(Pair.lead("This sentence is all there is.")).isEmpty();
        assertThat(Pair.lead("")).isEmpty();
    }

    @Test
    void takesTheSentenceMostLikeTheRestAsTheGap() {
        String text = "Otters swim well in rivers. My car is red and fast. Rivers are where otters swim and play."
                + " Otters play in rivers all day.";

        Pair pair = Pair.gapSentences(text, 0.25).orElseThrow();

        assertThat(pair.summary())
                .isEqualTo("Rivers are where otters swim and play."); // 5 words shared, the others 4 or 1
        assertThat(pair.document()).isEqualTo(text.replace(pair.summary() + " ", ""));
    }

    @Test
    void takesMoreGapsAtAHigherRatioInTheirOrder() {
        String text = "Otters swim well in rivers. My car is red and fast. Rivers are where otters swim and play."
                + " Otters play in rivers all day. The bus was late once more.";

        assertThat(Pair.gapSentences(text, 0.4).orElseThrow().summary())
                .isEqualTo("Otters swim well in rivers. Rivers are where otters swim and play.");
        assertThat(Pair.gapSentences("One sentence is here. Another sentence is here.", 0.5))
                .isEmpty();
    }

    @Test
    void refusesARatioThatLeavesNothingOrTakesNothing() {
        assertThatThrownBy(() -> Pair.gapSentences("", 1)).hasMessageContaining("(0, 1)");
        assertThatThrownBy(() -> Pair.gapSentences("", Double.NaN)).hasMessageContaining("NaN");
    }

    @ParameterizedTest(name = "a megabyte of {0}")
    @ValueSource(strings = {"a", ".", "a. ", "a b c d. ", "あ。", "A b c d\n"})
    void pairsHostileText(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        Pair.lead(text)
                .ifPresent(pair -> assertThat(Words.length(pair.summary())).isLessThanOrEqualTo(100));
        Pair.gapSentences(text, 0.1)
                .ifPresent(pair -> assertThat(pair.document())
                        .hasSizeGreaterThan(pair.summary().length()));
    }
}
