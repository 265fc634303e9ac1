package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "My US number is (415) 555-0132, ok      | (415) 555-0132",
                "_: (415)555-0132                        | (415)555-0132",
                "call +44 (20) 7123 4567 now             | +44 (20) 7123 4567",
                "Tel. 030 901820                         | 030 901820",
                "01 42 68 53 00                          | 01 42 68 53 00",
                "Zheng (+8613510781234) called           | +8613510781234",
                "phone 4155550132                        | 4155550132",
                "Phone: 60-56-85-91                      | 60-56-85-91",
                "415-555-0132x4587                       | 415-555-0132x4587",
                "+41 (0)44 668 18 00 fax                 | +41 (0)44 668 18 00",
            })
    void findsNumbers(String text, String number) {
        assertThat(Findings.in(text, "PHONE")).containsExactly("PHONE:" + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since 3.0.1",
                "0.99999",
                "pi is 3.14159265358979",
                "Integer.MAX_VALUE is 2147483647",
                "2147483647",
                "2019-10-05",
                "05.10.2019",
                "1999-2024",
                "192.168.100.200",
                "version 415-555-0132",
                "ISBN 978-3-16-148410-0",
                "123-45-6789",
                "id 4155550132 of 9",
                "x4155550132",
                "0x4155550132",
                "1 2 3 4 5 6 7 8 9 10",
                "serialVersionUID = 4155550132123456789L",
                "2001-12-31T23:59:59.123",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "PHONE")).isEmpty();
    }

    @Test
    void findsNumbersOnLinesOfTheirOwn() {
        assertThat(Findings.in("Suite 34796\n415-555-0132\n+44 20 7123 4567", "PHONE"))
                .containsExactly("PHONE:415-555-0132", "PHONE:+44 20 7123 4567");
    }

    @Test
    void refusesAnUnknownRegion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhoneRecognizer(List.of("US", "Mars")))
                .withMessageContaining("\"Mars\"");
    }
}
