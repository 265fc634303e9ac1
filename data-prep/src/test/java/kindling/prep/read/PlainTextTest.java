package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    private static final String GERMAN =
            "Für den grünen Tee nimmt man Wasser, das nicht mehr kocht, und lässt ihn kurz ziehen.";
    private static final String RUSSIAN =
            "Зелёный чай заваривают водой, которая уже не кипит, и дают ему постоять недолго в чайнике.";
    private static final String POLISH =
            "Zieloną herbatę parzy się wodą, która już nie wrze, i na krótką chwilę się ją zostawia, aż wyschną liście.";
    private static final String JAPANESE = "緑茶は沸騰していないお湯で入れて、少しだけ待ってから飲みます。";
    private static final String CHINESE = "绿茶要用不再沸腾的水冲泡，然后稍等片刻再喝。";

    private static Collected text(byte[] content) {
        return Collected.from("a.txt", content);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void markTellsTheEncoding(String charset) {
        Document read = text(("\uFEFF" + RUSSIAN + "\n\ud83c\udf75").getBytes(Charset.forName(charset)))
                .documents
                .get(0);

        assertThat(read.text()).isEqualTo(RUSSIAN + "\n\ud83c\udf75");
        assertThat(read.meta()).containsEntry("charset", charset);
    }

    @Test
    void unmarkedUtf16IsKnownByItsBytes() {
        for (String text : List.of("tea", "чай", GERMAN, RUSSIAN, POLISH, JAPANESE, CHINESE, "a\r\n\tb")) {
            assertThat(text(text.getBytes(UTF_16LE)).texts()).as(text).containsExactly(text.replace("\r", ""));
            assertThat(text(text.getBytes(UTF_16BE)).texts()).as(text).containsExactly(text.replace("\r", ""));
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "GERMAN, windows-1252",
        "RUSSIAN, windows-1251",
        "RUSSIAN, KOI8-R",
        "POLISH, windows-1250",
        "POLISH, ISO-8859-2",
        "JAPANESE, windows-31j",
        "JAPANESE, EUC-JP",
        "CHINESE, GB18030"
    })
    void encodingsBeforeUnicodeAreFound(String name, String charset) {
        String text = switch (name) {
            case "GERMAN" -> GERMAN;
            case "RUSSIAN" -> RUSSIAN;
            case "POLISH" -> POLISH;
            case "JAPANESE" -> JAPANESE;
            default -> CHINESE;
        };

        Document read = text(text.getBytes(Charset.forName(charset))).documents.get(0);

        assertThat(read.text()).isEqualTo(text);
        assertThat(read.meta()).containsEntry("charset", charset);
    }

    @Test
    void oddLettersFarBehindAreSeen() {
        byte[] text = ("plain line\n".repeat(10_000) + GERMAN).getBytes(Charset.forName("windows-1252"));

        assertThat(text(text).texts().get(0)).endsWith(GERMAN);
    }

    @Test
    void fewBadBytesInUtf8AreReplacedAndCounted() {
        byte[] text = RUSSIAN.repeat(3).getBytes(UTF_8);
        text[20] = (byte) 0xFF;

        Document read = text(text).documents.get(0);

        assertThat(read.text()).contains("\uFFFD").endsWith(RUSSIAN);
        assertThat(read.meta()).containsOnlyKeys("replaced");
    }

    @Test
    void bytesOfNoLikelyEncodingAreInvalid() {
        byte[] text = new byte[1000];
        Random random = new Random(1);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (0x80 + random.nextInt(0x80));
        }

        assertThat(text(text).details()).containsExactly("a.txt: no valid UTF-8 at byte 2");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noiseAndNumbersAreNoText(long seed) {
        Random random = new Random(seed);
        byte[] noise = new byte[10_000];
        random.nextBytes(noise);
        byte[] integers = new byte[10_000];
        byte[] sound = new byte[10_000];
        for (int i = 0; i < integers.length; i += 4) {
            integers[i] = (byte) random.nextInt(100);
            sound[i] = (byte) random.nextInt(256);
            sound[i + 1] = (byte) (random.nextInt(5) - 2);
            sound[i + 2] = (byte) random.nextInt(256);
            sound[i + 3] = (byte) (random.nextInt(5) - 2);
        }

        for (byte[] bytes : List.of(noise, integers, sound)) {
            assertThat(text(bytes).reasons()).containsExactly("not_text");
        }
    }
}
