package kindling.prep.read;

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
    void controlCharactersAreNoText() {
        assertThat(Collected.from("a.txt", new byte[100]).reasons()).containsExactly("not_text");
    }

    @Test
    void nothingButSpaceIsEmpty() {
        assertThat(Collected.from("a.txt", " \n".getBytes(UTF_8)).reasons()).containsExactly("empty");
        assertThat(Collected.from("a.txt", new byte[0]).reasons()).containsExactly("empty");
    }

    @Test
    void largeFileIsSeveralDocumentsCutAtLineEnds() {
        ReadOptions options = limited(8); // documents start at the first line at or after 0, 4, 8, 12, ...

        Collected read = Collected.from("a.txt", "tea\nis hot\nnow\n\nmilk?\n".getBytes(UTF_8), options);

        assertThat(read.texts()).containsExactly("tea", "is hot", "now", "milk?");
        assertThat(read.documents)
                .extracting(document -> document.meta().get("offset"))
                .containsExactly("0", "4", "11", "16");
        assertThat(read.documents)
                .extracting(Document::id)
                .contains(Document.idOf("a.txt", "11"))
                .doesNotHaveDuplicates();
    }

    @Test
    void lineOverTheLimitCostsOnlyItself() {
        Collected read = Collected.from("a.txt", "tea\n0123456789\nnow".getBytes(UTF_8), limited(8));

        assertThat(read.texts()).containsExactly("tea", "now");
        assertThat(read.rejections)
                .containsExactly(new Collected.Rejection(
                        Document.idOf("a.txt", "4"),
                        "record_too_large",
                        "a.txt: byte 4: longer than max-record-bytes"));
    }

    @Test
    void fileUpToTheLimitIsOneDocument() {
        assertThat(Collected.from("a.txt", "tea".getBytes(UTF_8), limited(3)).texts())
                .containsExactly("tea");
        assertThat(Collected.from("a.txt", "teas".getBytes(UTF_8), limited(3)).reasons())
                .containsExactly("record_too_large");
    }

    @Test
    void compressedFileIsCutAtTheSamePlaces() {
        byte[] text = "tea\nis hot\nnow\n\nmilk?\n".getBytes(UTF_8);

        assertThat(Collected.from("a.txt", Packed.gzip(text), limited(8)).documents)
                .isEqualTo(Collected.from("a.txt", text, limited(8)).documents);
    }

    @Test
    void lineOfTwoGigabytesIsPassedOverInConstantMemory() {
        Collected read = Collected.from("a.txt", Packed.repeated('a', 2L << 30), ReadOptions.defaults());

        assertThat(read.documents).isEmpty();
        assertThat(read.reasons()).containsExactly("record_too_large");
    }

    private static ReadOptions limited(long maxRecordBytes) {
        return ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(maxRecordBytes));
    }
}
