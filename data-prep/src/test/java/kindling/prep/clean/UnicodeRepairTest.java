package kindling.prep.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.text.Normalizer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnicodeRepairTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
                    e\\u0301t\\u00e9    | \\u00e9t\\u00e9 | composesToNormalFormC
                    a\\r\\nb\\rc        | a\\nb\\nc       | makesLineFeedsOfCarriageReturns
                    a\\fb\\u000bc       | a\\nb\\nc       | makesLineFeedsOfFormFeedAndVerticalTab
                    a\\u0000b\\u001bc   | abc             | removesC0Controls
                    a\\u0085b\\u007fc   | abc             | removesDeleteAndC1Controls
                    \\ufeffab\\ufeffc   | abc             | removesByteOrderMarks
                    a\\ud800b\\udc00    | a\\ufffdb\\ufffd | replacesLoneSurrogates
                    \\ud83d\\ude00      | \\ud83d\\ude00  | keepsPairs
                    a\\tb\\nc           | a\\tb\\nc       | keepsTabAndLineFeed
                    """)
    void repairs(String broken, String repaired, String fact) {
        assertThat(UnicodeRepair.repair(unescape(broken))).as(fact).isEqualTo(unescape(repaired));
    }

    @Test
    void cleanTextComesBackAsItIs() {
        String text = "plain text\n";

        assertThat(UnicodeRepair.repair(text)).isSameAs(text);
    }

    @Test
    void breaksUpEndlessRunsOfCombiningMarks() {
        String hostile = "e" + "\u0315\u0301\u0327".repeat(300_000);

        String repaired = assertTimeout(Duration.ofSeconds(20), () -> UnicodeRepair.repair(hostile));

        assertThat(repaired).contains("\u034F");
        assertThat(Normalizer.isNormalized(repaired, Normalizer.Form.NFC)).isTrue();
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                out.append(text.charAt(i));
                continue;
            }
            char kind = text.charAt(++i);
            if (kind == 'u') {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append("\n\r\t\f".charAt("nrtf".indexOf(kind)));
            }
        }
        return out.toString();
    }
}
