package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "MAC: 00:00:5E:00:53:01.        | 00:00:5E:00:53:01",
                "00-00-5e-00-53-af              | 00-00-5e-00-53-af",
                "(0000.5e00.53Af),              | 0000.5e00.53Af",
                "ether:00:00:5e:00:53:01        | 00:00:5e:00:53:01",
                "a 00:00:5e:00:53:01: up        | 00:00:5e:00:53:01",
            })
    void findsAddresses(String text, String address) {
        assertThat(Findings.in(text, "MAC")).containsExactly("MAC:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:00:5E:00:53",
                "00:00:5E:00:53:01:02",
                "2001:00:00:5E:00:53:01",
                "00:00-5E:00-53:01",
                "00:00:5E:00:53:0G",
                "x00:00:5E:00:53:01",
                "00:00:5E:00:53:011",
                "00:00:00:00:00:00",
                "FF:FF:FF:FF:FF:FF",
                "0000.5e00.53af.1234",
                "12:30:45",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "MAC")).isEmpty();
    }
}
