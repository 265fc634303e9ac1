package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final byte[] KEY = "a key of these tests".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NO_KEY = {};
    private static final String TEXT = "Mail jane@example.org or call +44 20 7123 4567.";

    @Test
    void writesTheTypeForTheValue() {
        assertThat(redact(Operator.TAG, TEXT)).isEqualTo("Mail <EMAIL> or call <PHONE>.");
    }

    @Test
    void masksWithAsManyStarsAsCodePoints() {
        assertThat(redact(Operator.MASK, TEXT)).isEqualTo("Mail **************** or call ****************.");
    }

    @Test
    void hashesTheSameValueTheSameWay() {
        assertThat(redact(Operator.HASH, "a@x.org A@X.org b@x.org"))
                .matches("(<EMAIL:[0-9a-f]{16}>) \\1 (?!\\1)<EMAIL:[0-9a-f]{16}>");
    }

    @Test
    void givesPseudonymsThatDependOnTheKey() {
        String one = redact(Operator.PSEUDONYM, "a@x.org");
        String other = redact(RedactorConfig.tags().withOperator(Operator.PSEUDONYM, new byte[] {1}), "a@x.org");

        assertThat(one)
                .matches("[a-z]+\\.[a-z]+[0-9]{4}@example\\.(com|net|org)")
                .isNotEqualTo(other);
    }

    @Test
    void knowsAPhoneNumberInAnotherSpelling() {
        assertThat(redact(Operator.HASH, "tel 415-555-0132")).isEqualTo(redact(Operator.HASH, "tel (415) 555-0132"));
    }

    @Test
    void countsPositionsInCodePoints() {
        List<Finding> findings = new Redactor(RedactorConfig.tags())
                .redact("😀😀 a@x.org 😀 10.0.0.1")
                .findings();

        assertThat(findings).containsExactly(new Finding(3, 10, "EMAIL", 1.0), new Finding(13, 21, "IP", 0.6));
    }

    @Test
    void keepsTheLongestOfWhatOverlaps() {
        assertThat(Findings.in("DE89 3704 0044 0532 0130 00")).containsExactly("IBAN:DE89 3704 0044 0532 0130 00");
        assertThat(Findings.in("phone or card? 4111 1111 1111 1111"))
                .containsExactly("CREDIT_CARD:4111 1111 1111 1111");
        assertThat(Findings.in("root@10.0.0.1.example.org")).containsExactly("EMAIL:root@10.0.0.1.example.org");
    }

    @Test
    void leavesAddressesOfPrivateNetworksWhenAsked() {
        String text = "from 192.168.1.17, fe80::1 and fd00::12 to 8.8.8.8";

        assertThat(redact(RedactorConfig.tags(), text)).isEqualTo("from <IP>, <IP> and <IP> to <IP>");
        assertThat(redact(RedactorConfig.tags().withoutPrivateAddresses(), text))
                .isEqualTo("from 192.168.1.17, fe80::1 and fd00::12 to <IP>");
    }

    @Test
    void actsOnTypesFromTheirThresholdOn() {
        RedactorConfig secretsOnly = RedactorConfig.tags().withThresholds(Map.of("URL", 0.9));

        assertThat(redact(secretsOnly, "https://acme.com/tea and https://me:secret@acme.com/"))
                .isEqualTo("https://acme.com/tea and <URL>");
    }

    @Test
    void looksOnlyForTheTypesAskedFor() {
        assertThat(redact(RedactorConfig.tags().withEntities(Set.of("EMAIL")), TEXT))
                .isEqualTo("Mail <EMAIL> or call +44 20 7123 4567.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no data here", "😀\uD83D lone \uDE00 surrogates @ . : + ("})
    void leavesOtherTextAlone(String text) {
        assertThat(redact(Operator.TAG, text)).isEqualTo(text);
    }

    @Test
    void leavesTechnicalProseAlone() {
        String javadoc =
                "Since 3.0.1 (JDK 17.0.9.1), see JLS 15.12.2.5. Returns 0.99999 or 2147483647; List::add, Map.Entry::getKey, "
                        + "java.lang.Object@1b2c3d4e, 0xCAFEBABE, 1.0E-10, {@code 1000000007}, ISO 8601 2011-12-03T10:15:30+01:00, UTF-8, "
                        + "serialVersionUID -6849794470754667710, 127 255 65535 16777216 4294967295, 1,000,000,000.";

        assertThat(redact(Operator.TAG, javadoc)).isEqualTo(javadoc);
    }

    @ParameterizedTest
    @EnumSource(
            value = Operator.class,
            names = {"HASH", "PSEUDONYM"})
    void asksForAKeyWhereOneIsNeeded(Operator operator) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedactorConfig.tags().withOperator(operator, NO_KEY))
                .withMessageContaining(operator + " needs a key");
    }

    @Test
    void namesTheKnownTypesWhenOneIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redactor(RedactorConfig.tags().withEntities(Set.of("EMAIL", "SHOE_SIZE"))))
                .withMessageStartingWith("entities must be all, patterns or among [")
                .withMessageEndingWith("], got [SHOE_SIZE]");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "a",
                "1",
                "1-",
                "@",
                "a@a.",
                "1 ",
                "12 34 ",
                "1.",
                "1:",
                "::",
                ".",
                "+1",
                "(1",
                "(",
                "x1",
                "DE89 ",
                "4111 ",
                "0.12345 ",
                "+",
                "%1",
                "415-555-0132 ",
                "a@",
                "\uD83D",
            })
    void readsAMegabyteOfOneThingInSeconds(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> redact(Operator.TAG, text));
    }

    private static String redact(Operator operator, String text) {
        return redact(RedactorConfig.tags().withOperator(operator, operator.isKeyed() ? KEY : NO_KEY), text);
    }

    private static String redact(RedactorConfig config, String text) {
        return new Redactor(config).redact(text).text();
    }
}
