package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that make backtracking and rescanning recognizers slow: twice as much text may take twice the time. */
class LinearTimeTest {
    private static final int CHARACTERS = 300_000;
    /** Less time than this says nothing about growth on a machine that has other work. */
    private static final long FLOOR_NANOS = 60_000_000;
    /** Two runs of half a second are some 50 times what it takes here. */
    private static final long LIMIT_NANOS = 15_000_000_000L;

    private static final double GROWTH = 2.6;
    private static final int TRIES = 5;

    private final List<Recognizer> recognizers = Recognizer.all(RedactorConfig.tags());

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "7",
                "1234567890 ",
                "1234 5678 ",
                "123-",
                "12.",
                "1-",
                "1 ",
                "0 ",
                "4111-1111-1111-1111 ",
                "4155550132\n",
                "call 415 555 0132 ",
                "+14155550132 ",
                "+1",
                "x1",
                "1.1.1.1,",
                "1.",
                "1:",
                "(",
                ")",
                "()",
                "((1)) ",
                "[",
                "a@",
                "@",
                "a@a.com,",
                "a.",
                "a-",
                "a_",
                "a1",
                ":",
                "::",
                "fe80::",
                "http://",
                "http://http://",
                "http://a.b/",
                "https://a:b@",
                "http://[",
                "www.",
                "www.a.",
                "com.",
                "?token=",
                "a=b&",
                "/",
                "%41",
                "DE89",
                "DE89 ",
                "0x",
                " ",
                "\n",
                "\ud83d\ude00",
                "\ud83d",
                "é",
                "一",
                "-",
                "\"",
            })
    void growsNoFasterThanTheText(String unit) {
        String text = unit.repeat(CHARACTERS / unit.length());

        assertGrowth(text, text + text);
    }

    /** Where each 9 is another digit by chance: what was seen before does not help. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "9",
                "99 99 99 99 99 99 99 99 99 99\n",
                "9999999999\n",
                "9999 9999 9999 9999 ",
                "9 99-999 (9999) 99999.99/999 +9999,9:99 999-99-9999 "
            })
    void growsNoFasterThanATextOfDigitsByChance(String unit) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(unit.repeat(2 * CHARACTERS / unit.length()));
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '9') {
                text.setCharAt(i, (char) ('0' + random.nextInt(10)));
            }
        }

        assertGrowth(text.substring(0, text.length() / 2), text.toString());
    }

    private void assertGrowth(String text, String ofTwiceTheLength) {
        long once = 0;
        long twice = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && twice > GROWTH * Math.max(once, FLOOR_NANOS); i++) {
            once = nanos(text);
            twice = nanos(ofTwiceTheLength);
        }

        assertThat(twice).isLessThan(LIMIT_NANOS).isLessThanOrEqualTo((long) (GROWTH * Math.max(once, FLOOR_NANOS)));
    }

    /** Of this thread's processor: other work on the machine does not count. */
    private long nanos(String text) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        for (Recognizer recognizer : recognizers) {
            recognizer.find(text, (type, from, to, score) -> {});
        }
        return clock.getCurrentThreadCpuTime() - start;
    }
}
