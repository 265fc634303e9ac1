package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are those that payment processors publish for tests. */
class CreditCardRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "my card 4111111111111111.            | 4111111111111111",
                "4111 1111 1111 1111                  | 4111 1111 1111 1111",
                "4111-1111-1111-1111,                 | 4111-1111-1111-1111",
                "4222222222222                        | 4222222222222",
                "3782 822463 10005                    | 3782 822463 10005",
                "5555555555554444                     | 5555555555554444",
                "2223003122003222                     | 2223003122003222",
                "6011111111111117                     | 6011111111111117",
                "30569309025904                       | 30569309025904",
                "3530111333300000                     | 3530111333300000",
                "6200000000000005                     | 6200000000000005",
                "6304000000000000                     | 6304000000000000",
                "12 4111 1111 1111 1111 99            | 4111 1111 1111 1111",
                "4111.1111.1111.1111 | 4111.1111.1111.1111",
                "8600000000000007 | 8600000000000007",
                "Kreditkarte 060426070011 | 060426070011",
                "38520000023237 | 38520000023237",
                "6759649826438453 | 6759649826438453",
                "6799990100000000019 | 6799990100000000019",
                "5019717010103742 | 5019717010103742",
                "2200000000000004 | 2200000000000004",
                "3100000000000000005 | 3100000000000000005",
            })
    void findsCards(String text, String card) {
        assertThat(Findings.in(text, "CREDIT_CARD")).containsExactly("CREDIT_CARD:" + card);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "4012-8888-8888-1882",
                "1748503543012",
                "0000000000000000",
                "4111 1111-1111 1111",
                "4111  1111  1111  1111",
                "x4111111111111111",
                "4111111111111111x",
                "0.4111111111111111",
                "4111111111111111.5",
                "41111111111111111111",
                "4111-1111-1111",
                "a-4111-1111-1111-1111",
                "1600000000000",
                "060426070011",
                "order 060426070011",
                "card 060426070012",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "CREDIT_CARD")).isEmpty();
    }
}
