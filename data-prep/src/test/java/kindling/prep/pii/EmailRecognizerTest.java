package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "write to jane.doe+news@mail.example.org.  | jane.doe+news@mail.example.org",
                "<jane@example.co.uk>                      | jane@example.co.uk",
                "mailto:jane@example.org?subject=x         | jane@example.org",
                "email=jane@example.org                    | jane@example.org",
                "user@xn--80ak6aa92e.com                   | user@xn--80ak6aa92e.com",
                "a@xn--d1acufc.xn--p1ai                    | a@xn--d1acufc.xn--p1ai",
                "почта@пример.рф                           | почта@пример.рф",
                "O'Brien@example.ie                        | O'Brien@example.ie",
                "..jane@example.org                        | jane@example.org",
                "jane@example.org-                         | jane@example.org",
                "jane@example.org.1                        | jane@example.org",
                "邮箱jane@example.org请回复 | jane@example.org",
                "jane@example.org\u3002 | jane@example.org",
                "(jane@example.org) | jane@example.org",
                "用户@例子.公司 | 用户@例子.公司",
                "jane@EXAMPLE.ORG! | jane@EXAMPLE.ORG",
                "x_y-z@a-b.example.museum | x_y-z@a-b.example.museum",
                "https://jane@example.org/x | jane@example.org",
            })
    void findsAddresses(String text, String address) {
        assertThat(Findings.in(text, "EMAIL")).containsExactly("EMAIL:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info@example.",
                "@param name",
                "java.lang.Object@1b2c3d",
                "jane@localhost",
                "lodash@4.17.21",
                "icon@2x.png",
                "a@@example.org",
                "a..b@example.org",
                "jane.@example.org",
                "jane@-example.org",
                "jane@example.c",
                "@example.org",
                "jane @ example.org",
                "user@host:path",
                "@@@@",
                "name@1.2.3.4",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "EMAIL")).isEmpty();
    }

    @Test
    void findsNeighboursOneByOne() {
        assertThat(Findings.in("a@x.org,b@y.org;c@z.org", "EMAIL"))
                .containsExactly("EMAIL:a@x.org", "EMAIL:b@y.org", "EMAIL:c@z.org");
    }
}
