package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VanityNumberRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dial 1-800-FLOWERS today,     1-800-FLOWERS",
        "1-800-GOT-JUNK?,              1-800-GOT-JUNK",
        "+1 (888) 555-TELL.,           +1 (888) 555-TELL",
        "(877) CALL-NOW,               (877) CALL-NOW",
        "800-FLOWERS,                  800-FLOWERS",
    })
    void findsNumbers(String text, String number) {
        assertThat(Findings.in(text, "PHONE")).containsExactly("PHONE:" + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1800 PEOPLE CAME",
                "800 PEOPLE",
                "A1-800-FLOWERS",
                "1-800-flowers",
                "1-800-FLOWERSs",
                "800-MB",
                "1-700-FLOWERS",
                "800-ABCDEFGHIJKLM"
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "PHONE")).isEmpty();
    }

    @Test
    void isTheSameNumberInLettersAndInDigits() {
        assertThat(new VanityNumberRecognizer().canonical("1-800-FLOWERS")).isEqualTo("18003569377");
    }
}
