package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are the examples of the IBAN registry. */
class IbanRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "to DE89370400440532013000.              | DE89370400440532013000",
                "IBAN: DE89 3704 0044 0532 0130 00 thanks | DE89 3704 0044 0532 0130 00",
                "GB82-WEST-1234-5698-7654-32             | GB82-WEST-1234-5698-7654-32",
                "NO93 8601 1117 947                      | NO93 8601 1117 947",
                "MT84 MALT 0110 0001 2345 MTLC AST0 01S  | MT84 MALT 0110 0001 2345 MTLC AST0 01S",
                "gb82west12345698765432                  | gb82west12345698765432",
                "XK05 1212 0123 4567 8906                | XK05 1212 0123 4567 8906",
                "ye39 cbye 0001 0188 6123 4567 8901 23 | ye39 cbye 0001 0188 6123 4567 8901 23",
                "HN88CABF00000000000250005469 | HN88CABF00000000000250005469",
                "RE42 2004 1010 0505 0001 3M02 606 | RE42 2004 1010 0505 0001 3M02 606",
            })
    void findsAccounts(String text, String account) {
        assertThat(Findings.in(text, "IBAN")).containsExactly("IBAN:" + account);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000",
                "DE8937040044053201300",
                "DE893704004405320130001",
                "XX89370400440532013000",
                "xDE89370400440532013000",
                "G B82WEST12345698765432",
                "DE89  3704 0044 0532 0130 00",
                "DE89",
                "ended by exhorting me to profit",
                "RE89370400440532013000",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "IBAN")).isEmpty();
    }
}
