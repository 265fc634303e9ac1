package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;

class TextReaderTest {
    @Test
    void fileIsADocument() {
        Collected read = Collected.from("books/tea.txt", "\ufeffTea\r\nis hot".getBytes(UTF_8));

        assertThat(read.documents)
                .containsExactly(new Document(
                        Document.idOf("books/tea.txt", ""), "Tea\nis hot", "books/tea.txt", "", "", Map.of()));
        assertThat(read.rejections).isEmpty();
    }

    @Test
    void invalidUtf8CostsTheFile() {
        Collected read = Collected.from("a.txt", "caf\u00e9 au lait".getBytes(ISO_8859_1));

        assertThat(read.documents).isEmpty();
        assertThat(read.rejections)
                .containsExactly(new Collected.Rejection(
                        Document.idOf("a.txt", ""), "invalid_utf8", "a.txt: no valid UTF-8 at byte 3"));
    }

    @Test
    void controlCharactersAreNoText() {
        assertThat(Collected.from("a.txt", new byte[100]).reasons()).containsExactly("not_text");
    }

    @Test
    void nothingButSpaceIsEmpty() {
        assertThat(Collected.from("a.txt", " \n".getBytes(UTF_8)).reasons()).containsExactly("empty");
        assertThat(Collected.from("a.txt", new byte[0]).reasons()).containsExactly("empty");
    }

    @Test
    void fileOverTheLimitIsNoRecord() {
        ReadOptions options =
                ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(3));

        assertThat(Collected.from("a.txt", "tea".getBytes(UTF_8), options).texts())
                .containsExactly("tea");
        assertThat(Collected.from("a.txt", "teas".getBytes(UTF_8), options).reasons())
                .containsExactly("record_too_large");
    }
}
