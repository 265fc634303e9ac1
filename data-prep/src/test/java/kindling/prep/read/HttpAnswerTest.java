package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static kindling.prep.read.Archives.concat;
import static kindling.prep.read.Archives.gzip;
import static kindling.prep.read.Archives.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import kindling.prep.read.HttpAnswer.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static final String PATH = "a.warc";
    private static final int LIMIT = 1_000_000;
    private static final String TEXT = "<p>Hot tea, and tea that is not so hot, and more tea.".repeat(20);
    private static final byte[] PAGE = TEXT.getBytes(UTF_8);
    /** The page as the reference encoders write it. */
    private static final byte[] BROTLI =
            base64("GyME+I2Ubq6iJLC2pTr68yGJ2VIPDCYRXJW9pT4VlZZEBLRUGm+uohS5G4UzIP+cFuWeWmk=");

    private static final byte[] ZSTD =
            base64("KLUv/WAkA70BAHQCPHA+SG90IHRlYSwgYW5kIHRoYXQgaXMgbm90IHNvIGhvdG1vcmUuBADssSpBlCV/Tsig1AE=");

    private static HttpAnswer answer(String fields, byte[] body) throws BadRecord {
        byte[] head = ("HTTP/1.1 200 OK\r\n" + fields + "\r\n").getBytes(ISO_8859_1);
        return HttpAnswer.parse(ByteBuffer.wrap(concat(head, body)));
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static String text(String fields, byte[] body) throws BadRecord {
        return new String(answer(fields, body).content(LIMIT).bytes(), UTF_8);
    }

    private static byte[] deflate(byte[] content, boolean raw) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length + 100];
        return Arrays.copyOf(out, deflater.deflate(out));
    }

    private static byte[] chunked(byte[] body, int chunkBytes) {
        byte[] out = new byte[0];
        for (int from = 0; from < body.length; from += chunkBytes) {
            int to = Math.min(body.length, from + chunkBytes);
            byte[] size = (Integer.toHexString(to - from) + "\r\n").getBytes(ISO_8859_1);
            out = concat(out, size, Arrays.copyOfRange(body, from, to), "\r\n".getBytes(ISO_8859_1));
        }
        return concat(out, "0\r\n\r\n".getBytes(ISO_8859_1));
    }

    @Test
    void undoesContentCodings() throws BadRecord {
        assertThat(text("", PAGE)).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: gzip\r\n", gzip(PAGE))).isEqualTo(TEXT);
        assertThat(text("content-encoding: X-GZIP\r\n", gzip(PAGE))).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: deflate\r\n", deflate(PAGE, false))).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: deflate\r\n", deflate(PAGE, true))).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: br\r\n", BROTLI)).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: zstd\r\n", ZSTD)).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: identity\r\n", PAGE)).isEqualTo(TEXT);
        assertThat(text("Content-Encoding: deflate, gzip\r\n", gzip(deflate(PAGE, false))))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, gzip"})
    void contentThatWasDecodedAlreadyStaysAsItIs(String coding) throws BadRecord {
        assertThat(text("Content-Encoding: " + coding + "\r\n", PAGE)).isEqualTo(TEXT);
    }

    @Test
    void joinsChunksWhereThereAreSome() throws BadRecord {
        String chunks = "Transfer-Encoding: chunked\r\n";

        assertThat(text(chunks, chunked(PAGE, 100))).isEqualTo(TEXT);
        assertThat(text(chunks + "Content-Encoding: gzip\r\n", chunked(gzip(PAGE), 10)))
                .isEqualTo(TEXT);
        assertThat(text(chunks, PAGE)).as("declared, but undone by the crawler").isEqualTo(TEXT);
    }

    @Test
    void lengthOfTheRecordCountsAndNotTheDeclaredOne() throws BadRecord {
        assertThat(text("Content-Length: 3\r\n", PAGE)).isEqualTo(TEXT);
        assertThat(text("Content-Length: many\r\n", PAGE)).isEqualTo(TEXT);
    }

    @Test
    void cutContentGivesWhatThereIs() throws BadRecord {
        byte[] zipped =
                gzip(TEXT.concat(new Random(1).ints(2_000).boxed().toList().toString())
                        .getBytes(UTF_8));
        Content coded = answer("Content-Encoding: gzip\r\n", Arrays.copyOf(zipped, zipped.length / 2))
                .content(LIMIT);
        Content chunks = answer("Transfer-Encoding: chunked\r\n", Arrays.copyOf(chunked(PAGE, 100), 500))
                .content(LIMIT);

        assertThat(coded.whole()).isFalse();
        assertThat(new String(coded.bytes(), UTF_8)).startsWith(TEXT);
        assertThat(chunks.whole()).isFalse();
        assertThat(TEXT).startsWith(new String(chunks.bytes(), UTF_8));
        assertThat(chunks.bytes().length).isBetween(300, 500);
    }

    @Test
    void refusesWhatCannotBeDecoded() {
        byte[] random = new byte[5_000];
        new Random(1).nextBytes(random);

        assertThatThrownBy(() -> text("Content-Encoding: gzip\r\n", random))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("corrupt"));
        assertThatThrownBy(() -> text("Content-Encoding: secret\r\n", random))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("unsupported_type"));
        assertThatThrownBy(() -> HttpAnswer.parse(ByteBuffer.wrap(random)))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("unsupported_type"));
    }

    @Test
    void contentOverTheLimitIsTooLarge() {
        byte[] bomb = gzip(gzip(new byte[100 * LIMIT]));

        assertThatThrownBy(() -> text("Content-Encoding: gzip, gzip\r\n", bomb))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo("record_too_large"));
    }

    @Test
    void contentOfJustTheLimitIsNot() throws BadRecord {
        byte[] content = new byte[LIMIT];
        Arrays.fill(content, (byte) 'x');

        assertThat(answer("", content).content(LIMIT).bytes()).isEqualTo(content);
        assertThat(answer("Content-Encoding: gzip\r\n", gzip(content))
                        .content(LIMIT)
                        .bytes())
                .isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, text/html, ''",
        "Text/HTML; Charset=\"utf-8\", text/html, utf-8",
        "'text/html, text/html', text/html, ''",
        "'text/html;charset=a;charset=b', text/html, a",
        "text/html;;; charset = x, text/html, ''",
        "application/xhtml+xml, application/xhtml+xml, ''",
        "html, unknown, ''",
        "'', '', ''",
        "';', unknown, ''",
        "/, unknown, ''",
    })
    void readsContentTypes(String header, String name, String charset) {
        assertThat(ContentType.of(header)).isEqualTo(new ContentType(name, charset));
    }

    @Test
    void headsMayBeOdd() throws BadRecord {
        String odd =
                "HTTP/1.0  200 \nContent-Type : text/html\nnot a field\nX-Robots-Tag: noai\nx-robots-tag: a\n b\n\nTea";
        HttpAnswer answer = HttpAnswer.parse(ByteBuffer.wrap(odd.getBytes(ISO_8859_1)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type().isHtml()).isTrue();
        assertThat(answer.all("X-Robots-Tag")).containsExactly("noai", "a b");
        assertThat(answer.content(LIMIT).bytes()).asString(UTF_8).isEqualTo("Tea");
    }

    @Test
    void plainTextIsReadInItsDeclaredEncoding() {
        byte[] cyrillic = "чай".getBytes(Charset.forName("windows-1251"));
        byte[] archive = concat(
                response("Content-Type: text/plain; charset=windows-1251\r\n", cyrillic),
                response("Content-Type: text/plain; charset=no-such\r\n", "чай".getBytes(UTF_8)));

        assertThat(Collected.from(PATH, archive).texts()).containsExactly("чай", "чай");
    }

    @Test
    void missingTypeIsSniffed() {
        byte[] archive = concat(
                response("", "\n<!DOCTYPE html><p>Hot.".getBytes(UTF_8)), response("", "GIF89a".getBytes(UTF_8)));

        Collected read = Collected.from(PATH, archive);

        assertThat(read.texts()).containsExactly("Hot.");
        assertThat(read.details()).singleElement().asString().endsWith(": no type declared");
    }

    @Test
    void cutPageSaysSo() {
        byte[] cut = Arrays.copyOf(chunked(PAGE, 100), 500);

        assertThat(Collected.from(PATH, response("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", cut))
                        .documents)
                .singleElement()
                .satisfies(document -> assertThat(document.meta()).containsEntry("truncated", "true"));
    }
}
