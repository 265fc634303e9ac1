package kindling.prep.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws of redaction, over texts that throw values, words that call for them and punctuation together at random. */
class RedactingTwiceTest {
    private static final byte[] KEY = "a key of these tests".getBytes(UTF_8);
    private static final List<String> PIECES = List.of("""
            jane.doe@acme.com|415-555-2671|+44 20 7123 4567|4111 1111 1111 1111|5500005555555559|10.0.0.1|8.8.8.8|2001:4860:4860::8888
            DE89 3704 0044 0532 0130 00|GB82WEST12345698765432|1234567|12|5551234|https://acme.com/a?token=abc|www.acme.com|acme.org|00:1B:44:11:3A:B7
            212-55-4321|943 476 5919|AB1234563|password=Tr0ub4dor&x=1|AKIAIOSFODNN7EXAMPLE|0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359|X1234567
            Steuer-ID 86 095 742 719|CNP 1630615123457|SW1A 1AA|L898902C36UTO7408122F1204159ZE184226B<<<<<10|2270-66-1551|945456787654
            phone|call|card|fax|IBAN|SSN|born on|2/8/1935|1970-01-31|passport number|driver's license|account number|NHS|DEA|wallet|api_key:
            the|of|tea|Mr|John|Smith|London|High Street
            """.split("[|\n]", -1));
    private static final List<String> JOINTS =
            List.of(" ", " ", " ", ", ", ". ", "\n", ": ", "-", "/", "(", ") ", "**", "<", ">", "\"", "😀 ");

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(10) == 0 ? 1000 : 30; // some longer than what the second look sees
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size()))).append(JOINTS.get(random.nextInt(JOINTS.size())));
        }
        return text.toString();
    }

    private static Redactor redactor(Operator operator) {
        return new Redactor(RedactorConfig.tags().withOperator(operator, operator.isKeyed() ? KEY : new byte[0]));
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingTheSecondTime(Operator operator) {
        Redactor redactor = redactor(operator);
        for (int seed = 0; seed < 200; seed++) {
            String once = redactor.redact(text(new Random(seed))).text();

            assertThat(redactor.redact(once).text()).as("seed " + seed).isEqualTo(once);
        }
    }

    @Test
    void findingsSayWhereInTheOriginalTheTagsStand() {
        for (int seed = 0; seed < 200; seed++) {
            String text = text(new Random(seed));
            Redactor.Redaction redaction = redactor(Operator.TAG).redact(text);
            StringBuilder expected = new StringBuilder();
            int copied = 0;
            for (Finding finding : redaction.findings()) {
                int start = text.offsetByCodePoints(0, finding.start());
                expected.append(text, copied, start).append("<" + finding.type() + ">");
                copied = text.offsetByCodePoints(0, finding.end());
            }

            assertThat(expected.append(text, copied, text.length()))
                    .as("seed " + seed)
                    .hasToString(redaction.text());
        }
    }

    @Test
    void findsWhatAReplacementLaysOpen() {
        assertThat(redactor(Operator.TAG)
                        .redact("+1 415-555-267110.0.0.1@acme.com")
                        .text())
                .doesNotContain("415");
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "PSEUDONYM"})
    void writesTheSameForTheSameValueInAnyText(Operator operator) {
        String[] here =
                redactor(operator).redact("Mail jane.doe@acme.com today").text().split(" ", -1);
        String[] there =
                redactor(operator).redact("or JANE.DOE@acme.com").text().split(" ", -1);

        assertThat(here[1]).isEqualTo(there[1]);
    }

    @Test
    void pseudonymsReadLikeTheirType() {
        Redactor redactor = redactor(Operator.PSEUDONYM);

        assertThat(Stream.of(
                                "a@acme.com",
                                "8.8.8.8",
                                "2001:4860:4860::8888",
                                "DE89 3704 0044 0532 0130 00",
                                "4111 1111 1111 1111")
                        .map(value -> redactor.redact(value).text())
                        .toList())
                .satisfiesExactly(
                        mail -> assertThat(mail).matches("[a-z]+\\.[a-z]+\\d{4}@example\\.(com|net|org)"),
                        v4 -> assertThat(v4).matches("198\\.1[89]\\.\\d+\\.\\d+"),
                        v6 -> assertThat(v6).startsWith("2001:db8:"),
                        iban -> assertThat(iban).matches("DE00( \\d{4}){4} \\d\\d"),
                        card -> assertThat(card).matches("4111 11\\d\\d( \\d{4}){2}"));
    }

    @Test
    void dropFindsAndChangesNothing() {
        Redactor.Redaction redaction = redactor(Operator.DROP).redact("Mail jane@acme.com");

        assertThat(redaction.text()).isEqualTo("Mail jane@acme.com");
        assertThat(redaction.findings()).containsExactly(new Finding(5, 18, "EMAIL", 1.0));
    }
}
