package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesReaderTest {
    @Test
    void lineIsADocument() {
        Collected read = lines("{\"text\":\"one\"}", "{\"text\":\"two\"}");

        assertThat(read.documents)
                .containsExactly(
                        Document.of(Document.idOf("a.jsonl", "0"), "one", "a.jsonl")
                                .with("offset", "0"),
                        Document.of(Document.idOf("a.jsonl", "15"), "two", "a.jsonl")
                                .with("offset", "15"));
    }

    @Test
    void fieldsOfTheDocumentsTableKeepTheirPlaceAndOthersGoToMeta() {
        Collected read = lines(
                "{\"id\":7,\"text\":\"one\",\"source\":\"s\",\"url\":\"u\",\"language\":\"en\",\"meta\":{\"k\":1},"
                        + "\"score\":1.50,\"big\":12345678901234567890,\"ok\":true,\"none\":null,\"tags\":[\"a\",{\"b\":2}]}");

        assertThat(read.documents)
                .containsExactly(new Document(
                        "7",
                        "one",
                        "s",
                        "u",
                        "en",
                        Map.of(
                                "k",
                                "1",
                                "score",
                                "1.50",
                                "big",
                                "12345678901234567890",
                                "ok",
                                "true",
                                "tags",
                                "[\"a\",{\"b\":2}]")));
    }

    @Test
    void fieldsCanBeNamed() {
        ReadOptions options = ReadOptions.defaults().withTextField("body").withIdField("key");
        byte[] line = "{\"key\":\"k1\",\"body\":\"one\",\"id\":\"x\"}".getBytes(UTF_8);

        Collected read = Collected.from("a.jsonl", line, options);

        assertThat(read.documents).containsExactly(new Document("k1", "one", "a.jsonl", "", "", Map.of("id", "x")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"text":"secret" oops}  | invalid_json | a.jsonl: byte 15: no valid JSON: column 18
                    {"text":"x"} {"y":1}    | invalid_json | a.jsonl: byte 15: no valid JSON: column 14
                    ["text"]                | invalid_json | a.jsonl: byte 15: an object expected, got an array
                    {"body":"x"}            | missing_text | a.jsonl: byte 15: field "text" must be a string, is nothing
                    {"text":5}              | missing_text | a.jsonl: byte 15: field "text" must be a string, is a number
                    {"text":" "}            | empty        | a.jsonl: byte 15: no text
                    """)
    void badLineCostsThatLine(String line, String reason, String detail) {
        Collected read = lines("{\"text\":\"one\"}", line, "{\"text\":\"three\"}");

        assertThat(read.texts()).containsExactly("one", "three");
        assertThat(read.rejections)
                .containsExactly(new Collected.Rejection(Document.idOf("a.jsonl", "15"), reason, detail));
    }

    @Test
    void deepNestingAndEndlessNumbersCostTheirLine() {
        Collected read = lines(
                "{\"text\":\"x\",\"a\":" + "[".repeat(100_000),
                "{\"text\":\"x\",\"a\":" + "9".repeat(100_000) + "}",
                "{\"text\":\"x\",\"a\":[1e99999999999]}",
                "{\"text\":\"y\"}");

        assertThat(read.texts()).containsExactly("y");
        assertThat(read.reasons()).containsExactly("invalid_json", "invalid_json", "invalid_json");
    }

    @Test
    void invalidUtf8CostsThatLine() {
        Collected read = Collected.from("a.jsonl", "{\"text\":\"caf\u00e9\"}\n{\"text\":\"tea\"}".getBytes(ISO_8859_1));

        assertThat(read.texts()).containsExactly("tea");
        assertThat(read.reasons()).containsExactly("invalid_utf8");
    }

    @Test
    void byteOrderMarkCarriageReturnsAndEmptyLinesAreNothing() {
        Collected read = lines("\ufeff{\"text\":\"one\"}\r", "\r", "", "{\"text\":\"two\"}\r");

        assertThat(read.texts()).containsExactly("one", "two");
        assertThat(read.rejections).isEmpty();
    }

    @Test
    void loneSurrogatesAreRepairedInTextAndMeta() {
        Collected read = lines("{\"text\":\"a\\ud800\",\"k\":\"\\udc00\"}");

        assertThat(read.documents.get(0).text()).isEqualTo("a\ufffd");
        assertThat(read.documents.get(0).meta()).containsEntry("k", "\ufffd");
    }

    @Test
    void endlessLineIsPassedOverInConstantMemory() {
        InputStream line = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream("{\"text\":\"one\"}\n{\"text\":\"".getBytes(UTF_8)),
                Packed.repeated('a', 1L << 30),
                new ByteArrayInputStream("\"}\n{\"text\":\"three\"}".getBytes(UTF_8)))));

        Collected read = Collected.from("a.jsonl", line, ReadOptions.defaults());

        assertThat(read.texts()).containsExactly("one", "three");
        assertThat(read.details()).containsExactly("a.jsonl: byte 15: longer than max-record-bytes");
    }

    @Test
    void sparksJsonFilesAreJsonLines() {
        assertThat(Collected.from("part-0.json", "{\"text\":\"one\"}\n".getBytes(UTF_8))
                        .texts())
                .containsExactly("one");
        assertThat(Collected.from("pretty.json", "{\n\"text\":\"one\"}\n".getBytes(UTF_8))
                        .reasons())
                .containsExactly("unsupported_format");
    }

    private static Collected lines(String... lines) {
        return Collected.from("a.jsonl", String.join("\n", lines).getBytes(UTF_8));
    }
}
