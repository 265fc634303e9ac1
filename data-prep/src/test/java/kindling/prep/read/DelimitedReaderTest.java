package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedReaderTest {
    private static final String HEADER = "id,text,score\n";

    @Test
    void recordIsADocumentAtItsByte() {
        Collected read = read("text,score\none,5\ntwo,\n");

        assertThat(read.documents)
                .containsExactly(
                        document(11, "one", Map.of("offset", "11", "score", "5")),
                        document(17, "two", Map.of("offset", "17")));
        assertThat(read.rejections).isEmpty();
    }

    @Test
    void columnsOfTheDocumentsTableKeepTheirPlaceAndOthersGoToMeta() {
        Collected read = read("id,text,source,url,language,k\n7,one,s,u,en,v\n");

        assertThat(read.documents).containsExactly(new Document("7", "one", "s", "u", "en", Map.of("k", "v")));
    }

    @Test
    void columnsCanBeNamed() {
        ReadOptions options = ReadOptions.defaults().withTextField("body").withIdField("key");

        Collected read = Collected.from("a.csv", "key,body\nk1,one\n".getBytes(UTF_8), options);

        assertThat(read.documents).extracting(Document::id, Document::text).containsExactly(tuple("k1", "one"));
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {",", ";", "\t"})
    void separatorIsFoundInTheHeader(String separator) {
        Collected read = read(String.join(separator, "id", "\"text\"", "k") + "\n"
                + String.join(separator, "7", "\"a, b; c\td\"", "v"));

        assertThat(read.texts()).containsExactly("a, b; c\td");
    }

    @Test
    void quotedFieldsHoldLineEndsQuotesAndSeparators() {
        Collected read = read(HEADER + "1,\"one\r\n\"\"two\"\", three\n\nfour\",5\r\n2,next,6\r\n");

        assertThat(read.texts()).containsExactly("one\n\"two\", three\n\nfour", "next");
    }

    @Test
    void quotesInsideAnUnquotedFieldAreText() {
        Collected read = read(HEADER + "1,a 5\" pipe,2\n");

        assertThat(read.texts()).containsExactly("a 5\" pipe");
    }

    @Test
    void byteOrderMarkEmptyLinesAndAMissingLastLineEndAreNothing() {
        Collected read = read("\uFEFF\"text\",k\r\n\r\none,1\n\n\ntwo,2");

        assertThat(read.texts()).containsExactly("one", "two");
        assertThat(read.rejections).isEmpty();
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    2,few                | invalid_csv  | 2 fields, the header names 3
                    2,a,b,many           | invalid_csv  | 4 fields, the header names 3
                    2,"a" b,3            | invalid_csv  | a quote without its pair
                    2,"open,3            | invalid_csv  | a quote without its pair
                    2,,3                 | missing_text | no text in "text"
                    2," ",3              | empty        | no text
                    """)
    void badRecordCostsThatRecord(String record, String reason, String cause) {
        Collected read = read(HEADER + "1,one,1\n" + record + "\n3,\"three\n3\",\"3\"\n4,four,4\n");

        assertThat(read.texts()).containsExactly("one", "three\n3", "four");
        assertThat(read.rejections)
                .containsExactly(
                        new Collected.Rejection(Document.idOf("a.csv", "22"), reason, "a.csv: byte 22: " + cause));
    }

    @Test
    void openQuoteBeforeUnquotedRecordsCostsItsLine() {
        Collected read = read(HEADER + "1,\"one,1\n2,two,2\n3,three,3\n");

        assertThat(read.texts()).containsExactly("two", "three");
        assertThat(read.details()).containsExactly("a.csv: byte 14: a quote without its pair");
    }

    @Test
    void openQuoteOfALongTextLosesThatTextOnly() {
        Collected read = read(HEADER + "1,\"a long\ntext, of\nmany lines\nand no end\n");

        assertThat(read.documents).isEmpty();
        assertThat(read.details()).containsExactly("a.csv: byte 14: a quote without its pair");
    }

    @Test
    void openQuoteFarFromTheEndCostsItsLineOnly() {
        String records = "2,two,2\n".repeat(100);
        ReadOptions options = ReadOptions.defaults()
                .withLimits(Limits.defaults().withMaxRecordBytes(100))
                .withIdField("none");

        Collected read = Collected.from("a.csv", (HEADER + "1,\"one,1\n" + records).getBytes(UTF_8), options);

        assertThat(read.texts()).hasSize(100);
        assertThat(read.reasons()).containsExactly("invalid_csv");
    }

    @Test
    void tooLongRecordsCostThemselves() {
        ReadOptions options =
                ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(40));
        String longLine = "1," + "x".repeat(100) + ",1\n";
        String longText = "2,\"" + "some words\n".repeat(20) + "\",2\n";

        Collected read = Collected.from(
                "a.csv", (HEADER + longLine + "3,a,3\n" + longText + "4,b,4\n").getBytes(UTF_8), options);

        assertThat(read.texts()).containsExactly("a", "b");
        assertThat(read.reasons()).containsExactly("record_too_large", "record_too_large");
    }

    @Test
    void invalidUtf8CostsThatRecord() {
        Collected read = Collected.from("a.csv", (HEADER + "1,caf\u00e9,1\n2,tea,2\n").getBytes(ISO_8859_1));

        assertThat(read.texts()).containsExactly("tea");
        assertThat(read.details()).containsExactly("a.csv: byte 14: no valid UTF-8 at byte 5");
    }

    @Test
    void missingTextColumnCostsTheFileAndNamesTheOthers() {
        Collected read = read("body,k\none,1\ntwo,2\n");

        assertThat(read.details())
                .containsExactly("a.csv: no column \"text\" for the text, only [body, k]: name one with text-field");
        assertThat(read.reasons()).containsExactly("missing_text");
    }

    @Test
    void clippedFileKeepsItsWholeRecords() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 5_000; i++) {
                out.write((i == 0 ? HEADER : i + ",\"text\n" + i * i + "\",x\n").getBytes(UTF_8));
            }
        }

        Collected read = Collected.from("a.csv.gz", Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        assertThat(read.documents).hasSizeBetween(1_000, 4_000);
        assertThat(read.reasons()).containsExactly("truncated");
    }

    @Test
    void hostileQuotesTakeLinearTime() {
        String lines = "x\",\"\n".repeat(100_000);

        Collected read = read("a\",text\n" + lines);

        assertThat(read.rejections).isNotEmpty();
    }

    @Test
    void recordsOfAnyLengthArePassedOverInConstantMemory() {
        InputStream header = new ByteArrayInputStream("text,k\n1,\"".getBytes(UTF_8));
        InputStream endless = endless(64);

        Collected read = Collected.from(
                "a.csv",
                new SequenceInputStream(Collections.enumeration(List.of(header, endless))),
                ReadOptions.defaults());

        assertThat(read.reasons()).containsExactly("record_too_large");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatIsWrittenByTheRulesIsReadBack(int seed) {
        Random random = new Random(seed);
        List<String> texts = random.ints(200, 1, 40)
                .mapToObj(length -> "t"
                        + random.ints(length, 0, 8)
                                .mapToObj(i -> "a \",;\n\t\u00e9".substring(i, i + 1))
                                .collect(Collectors.joining())
                        + "t")
                .toList();

        Collected read = read("text,k\n"
                + texts.stream()
                        .map(text -> "\"" + text.replace("\"", "\"\"") + "\",1\n")
                        .collect(Collectors.joining()));

        assertThat(read.texts()).isEqualTo(texts);
    }

    private static InputStream endless(int mebibytes) {
        byte[] letters = "a".repeat(1 << 20).getBytes(UTF_8);
        return new SequenceInputStream(Collections.enumeration(Collections.nCopies(mebibytes, letters).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
    }

    private static Document document(int offset, String text, Map<String, String> meta) {
        return new Document(Document.idOf("a.csv", Integer.toString(offset)), text, "a.csv", "", "", meta);
    }

    private static Collected read(String content) {
        return Collected.from("a.csv", content.getBytes(UTF_8));
    }
}
