package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import kindling.prep.pii.Redactor.Operator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written for a value stands behind the same label as the value did, and must not pass for another. */
class RedactedTwiceTest {
    private static final String TEXT = """
            password=Tr0ub4dor&x=1, "api_key": "9f86d081884c7d65", id AKIAIOSFODNN7EXAMPLE
            passport number X1234567, passport 123456789, driver's license number is 2270-66-1551
            account number 945456787654, SSN 212-55-4321, NHS number 943 476 5919, DEA number AB1234563
            born on 2/8/1935, mac 00:00:5E:00:53:01, wallet 0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359
            L898902C36UTO7408122F1204159ZE184226B<<<<<10
            Steuer-ID 86 095 742 719, CNP 1630615123457, postcode SW1A 1AA
            """;

    @ParameterizedTest
    @EnumSource(Operator.class)
    void nothingMoreChanges(Operator operator) {
        Redactor redactor = Redactor.of(Set.of(), operator, new byte[] {1}, List.of());

        String once = redactor.redact(TEXT).text();

        assertThat(redactor.redact(TEXT).findings()).hasSize(17);
        assertThat(redactor.redact(once).text()).isEqualTo(once);
    }
}
