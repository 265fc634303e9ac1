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
                "call 0049 176 12345678 today | 0049 176 12345678",
                "phone 00 49 17612345678 | 00 49 17612345678",
                "Tel.030/901820 | 030/901820",
                "Telefon: +49 (0)89 123456 | +49 (0)89 123456",
                "Handy 01512 3456789 | 01512 3456789",
                "Rufnummer 4930901820 | 4930901820",
                "Téléphone : 01.42.68.53.00 | 01.42.68.53.00",
                "appelez le 142685300 | 142685300",
                "móvil 612345678 | 612345678",
                "chiamare 0612345678 subito | 0612345678",
                "bellen naar 0201234567 | 0201234567",
                "fax 837.824.1482x6388 | 837.824.1482x6388",
                "0161 123 4567 ext. 123 | 0161 123 4567 ext. 123",
                "415-555-0132, ext 12 | 415-555-0132, ext 12",
                "at (123).456.7890 then | (123).456.7890",
                "phone (55) 3333-33333 | (55) 3333-33333",
                "phone number is 86 (40) 08423331. | 86 (40) 08423331",
                "Phone (914)349-8600 04/21/2020 12:37:30 | (914)349-8600",
                "+1 415 555 0132 2019 | +1 415 555 0132",
                "phone (0045) 12-34-56-78 | (0045) 12-34-56-78",
                "(+31) 12-3456789 | (+31) 12-3456789",
                "098765 43210 mobile | 098765 43210",
                "\uff0b4930901820 | \uff0b4930901820",
                "手机+8613812345678谢谢 | +8613812345678",
                "011-44-161-496-0009 | 011-44-161-496-0009",
                "(37) 788-063-Office | (37) 788-063",
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
                "call 0039 31122627111-26737",
                "1 506 64, 37 41 4, 38 5145",
                "P0-001-000016155-9",
                "T005-2333-100731-SW-2",
                "91a-677-0060",
                "666666666s",
                "1234456%",
                "Call $4155550132 now",
                "price 4155550132 EUR",
                "40.7128 -74.0060",
                "call 40.7128 -74.0060",
                "order 415-555-0132",
                "Rechnungsnummer 030 901820",
                "4155550132@example.org",
                "600 540 000",
                "94941 2505 Heatherleigh",
                "1990 1991 1992 1993",
                "http://example.org/4155550132",
                "ISBN 0-306-40615-2",
                "16/04/2010",
                "12:30:45 2019",
                "call 138****5678",
                "(456 (4)) 345",
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
