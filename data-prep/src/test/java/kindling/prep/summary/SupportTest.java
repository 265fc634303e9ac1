package kindling.prep.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportTest {
    private static final String SOURCE = "The cat sat on the mat. It was grey.";

    @Test
    void isTheShareOfKnownBigrams() {
        assertThat(Support.of(SOURCE, "The cat sat down.")).isEqualTo(2.0 / 3);
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
        assertThat(Support.perSentence(SOURCE, "It was grey. Dogs bark all night long. Cat!"))
                .containsExactly(1.0, 0.0, 1.0);
        assertThat(Support.of(SOURCE, "It was grey. Dogs bark all night long.")).isEqualTo(0.5);
    }

    @ParameterizedTest(name = "a megabyte of {0}")
    @ValueSource(strings = {"a", ".", "a b ", "a. ", "あ"})
    void readsHostileText(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        assertThat(Support.of(text, text)).isBetween(0.0, 1.0);
    }
}
