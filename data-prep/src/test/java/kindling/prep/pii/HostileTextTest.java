package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Megabytes of what each recognizer looks for, but for the end; anything but linear time would take minutes. */
class HostileTextTest {
    private static final int LENGTH = 2_000_000;
    private static final long MAX_MILLIS = 3_000;
    /** These have tests of their own. */
    private static final Set<String> OTHERS = Set.of("EMAIL", "PHONE", "IP", "CREDIT_CARD", "IBAN", "URL");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "A",
                "a1",
                "f",
                "<",
                "((((",
                "1 ",
                "1-",
                "12-34.",
                "=",
                "'\"=",
                "AA:",
                "12:34:",
                "00-",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMIIE",
                "PuTTY-User-Key-File-2: x\n",
                "Private-MAC: ",
                "eyJ.eyJ.",
                "eyJhbGciOiJ9.eyJ",
                "sk-",
                "sk-ant-a1B2",
                "xoxb-",
                "password=",
                "password=a1",
                "token: ",
                "123456789 ",
                "12345678901 ",
                "1990-01-01 ",
                "5 May 19 ",
                "May 5, ",
                "born 1 ",
                "license 12345678 ",
                "AA 12 34 56 ",
            })
    void takesLinearTime(String unit) {
        String text = unit.repeat(LENGTH / unit.length());
        List<Recognizer> recognizers = Recognizer.all(RedactorConfig.tags()).stream()
                .filter(recognizer -> recognizer.types().stream().noneMatch(OTHERS::contains))
                .toList();

        for (Recognizer recognizer : recognizers) {
            long start = System.nanoTime();
            recognizer.find(text, (type, from, to, score) -> {});

            long millis = (System.nanoTime() - start) / 1_000_000;
            assertThat(millis).as(recognizer.getClass().getSimpleName()).isLessThan(MAX_MILLIS);
        }
    }
}
