package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {
    /** The examples of ISO/IEC 7812-1, of ISO/IEC 7064 (MOD 11,10; MOD 11-2) and of Verhoeff's book. */
    @Test
    void acceptsWhatTheStandardsShow() {
        assertThat(Checksum.luhn("79927398713")).isTrue();
        assertThat(Checksum.mod11And10("07945")).isTrue();
        assertThat(Checksum.mod11And2("079X")).isTrue();
        assertThat(Checksum.verhoeff("2363")).isTrue();
    }

    @Test
    void everyWrongDigitIsSeen() {
        assertOneWrongDigitFails("79927398713", Checksum::luhn);
        assertOneWrongDigitFails("07945", Checksum::mod11And10);
        assertOneWrongDigitFails(
                "0794", digits -> Checksum.mod11And2(digits.substring(0, 3) + "X") && digits.endsWith("4"));
        assertOneWrongDigitFails("2363", Checksum::verhoeff);
    }

    @ParameterizedTest
    @CsvSource({"L898902C3, 6", "740812, 2", "120415, 9", "ZE184226B<<<<<, 1", "D23145890, 7"})
    void documentDigitsAreThoseOfTheIcaoSpecimen(String field, int digit) {
        assertThat(Checksum.documentDigit(field, 0, field.length())).isEqualTo(digit);
    }

    @Test
    void remainderOfLongNumbers() {
        assertThat(Checksum.modulo("123456789012345678901234567890", 97)).isEqualTo(52);
    }

    private static void assertOneWrongDigitFails(String right, Predicate<String> check) {
        for (int i = 0; i < right.length(); i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String wrong = right.substring(0, i) + digit + right.substring(i + 1);

                assertThat(check.test(wrong)).as(wrong).isEqualTo(wrong.equals(right));
            }
        }
    }
}
