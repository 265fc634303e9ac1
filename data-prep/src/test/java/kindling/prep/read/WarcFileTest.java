package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static kindling.prep.read.Archives.ascii;
import static kindling.prep.read.Archives.concat;
import static kindling.prep.read.Archives.gzip;
import static kindling.prep.read.Archives.page;
import static kindling.prep.read.Archives.record;
import static kindling.prep.read.Archives.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.CRC32;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarcFileTest {
    private static final String PLAIN = "a.warc";
    private static final String GZIPPED = "a.warc.gz";

    @Test
    void pageBecomesADocument() {
        byte[] page = record(
                "response",
                "WARC-Date: 2024-05-18T01:58:10Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n",
                ascii("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Tea</title><p>Hot."));

        Document document = Collected.from(GZIPPED, gzip(page)).documents.get(0);

        assertThat(document.id()).isEqualTo(Document.idOf(GZIPPED, "0"));
        assertThat(document.text()).isEqualTo("Hot.");
        assertThat(document.url()).isEqualTo("http://a.example/");
        assertThat(document.source()).isEqualTo(GZIPPED);
        assertThat(document.meta())
                .containsEntry("offset", "0")
                .containsEntry("title", "Tea")
                .containsEntry("mime", "text/html")
                .containsEntry("warc_date", "2024-05-18T01:58:10Z")
                .containsEntry("warc_record_id", "urn:uuid:1");
    }

    @Test
    void positionsAreThoseOfMembersAndOfRecordsInThem() {
        byte[] one = page("one");
        byte[] first = gzip(one);

        RecordList read = RecordList.of(GZIPPED, concat(first, gzip(concat(one, page("two"))), gzip(page("three"))));

        assertThat(read.positions())
                .startsWith("0", "" + first.length, first.length + "+" + one.length)
                .hasSize(4);
        assertThat(RecordList.of(PLAIN, concat(one, one)).positions()).containsExactly("0", "" + one.length);
    }

    @ParameterizedTest
    @CsvSource({
        "request, warc_request",
        "metadata, warc_metadata",
        "warcinfo, warc_warcinfo",
        "revisit, revisit",
        "continuation, unsupported_type",
        "invented, unsupported_type"
    })
    void recordsThatAreNoContentSayWhatTheyAre(String type, String reason) {
        assertThat(Collected.from(PLAIN, record(type, "", ascii("x"))).reasons())
                .containsExactly(reason);
    }

    @Test
    void resourcesAreReadByTheirType() {
        byte[] archive = concat(
                record("resource", "Content-Type: text/html\r\n", ascii("<p>Hot.")),
                record("conversion", "Content-Type: text/plain\r\n", "чай".getBytes(UTF_8)),
                record("resource", "Content-Type: image/png\r\n", new byte[] {1, 2, 3}),
                record("resource", "", ascii(" <!doctype html><p>Tea.")),
                record("resource", "", ascii("tea")),
                record("resource", "WARC-Identified-Payload-Type: text/plain\r\n", ascii("tea")));

        Collected read = Collected.from(PLAIN, archive);

        assertThat(read.texts()).containsExactly("Hot.", "чай", "Tea.", "tea");
        assertThat(read.details())
                .satisfiesExactly(
                        detail -> assertThat(detail).endsWith(": image/png"),
                        detail -> assertThat(detail).endsWith(": no type declared"));
    }

    @Test
    void whatTheCrawlerKeptAboutItselfIsNoDocument() {
        byte[] log = ascii(String.join(
                "\r\n",
                "WARC/1.0",
                "WARC-Type: resource",
                "WARC-Target-URI: <metadata://gnu.org/software/wget/warc/wget.log>",
                "Content-Type: text/plain",
                "Content-Length: 3",
                "",
                "log"));

        assertThat(Collected.from(PLAIN, log).reasons()).containsExactly("warc_metadata");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 404 Not Found, http_error, status 404",
        "HTTP/1.0 301 Moved, http_error, status 301",
        "HTTP/2 204, http_error, status 204",
        "SSH-2.0-OpenSSH, unsupported_type, application/http",
    })
    void answersOtherThan200AreNoDocuments(String status, String reason, String cause) {
        byte[] answer = record(
                "response",
                "Content-Type: application/http\r\n",
                ascii(status + "\r\nContent-Type: text/html\r\n\r\nx"));

        Collected read = Collected.from(PLAIN, answer);

        assertThat(read.reasons()).containsExactly(reason);
        assertThat(read.details().get(0)).endsWith(": " + cause);
    }

    @Test
    void otherTypesAreNamedWithoutWhatIsNoType() {
        assertThat(Collected.from(PLAIN, response("Content-Type: Application/JSON; x=y\r\n", ascii("{}")))
                        .details())
                .containsExactly("a.warc: byte 0: application/json");
        assertThat(Collected.from(PLAIN, response("Content-Type: my secret\r\n", ascii("{}")))
                        .details())
                .containsExactly("a.warc: byte 0: unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"})
    void readsAllVersions(String version) {
        byte[] page = ascii(new String(page("tea"), ISO_8859_1).replace("WARC/1.0", version));

        assertThat(Collected.from(GZIPPED, gzip(page)).texts()).containsExactly("tea");
    }

    @Test
    void readsHeadersThatAreOdd() {
        String head =
                "WARC/1.0\nWARC-type:resource\nCONTENT-TYPE: text/plain;\n charset=utf-8\nContent-Length:  3 \n\n";

        assertThat(Collected.from(PLAIN, ascii(head + "tea")).texts()).containsExactly("tea");
        assertThat(Collected.from(PLAIN, ascii("\r\n\r\n" + head + "tea" + head + "two"))
                        .texts())
                .as("no line ends between records")
                .containsExactly("tea", "two");
    }

    @Test
    void recordInsideARecordIsContent() {
        byte[] inner = page("inner");
        byte[] archive = concat(
                page("one"), record("resource", "Content-Type: text/plain\r\n", concat(inner, inner)), page("two"));

        Collected read = Collected.from(PLAIN, archive);

        assertThat(read.texts()).hasSize(3).startsWith("one").endsWith("two");
        assertThat(RecordList.ofParts(PLAIN, archive, 50).all())
                .isEqualTo(RecordList.of(PLAIN, archive).all());
    }

    @Test
    void recordMayBeEmptyAndTheLastNeedsNoEnd() {
        byte[] archive = concat(record("resource", "Content-Type: text/plain\r\n", new byte[0]), page("tea"));

        Collected read = Collected.from(PLAIN, Arrays.copyOf(archive, archive.length - 4));

        assertThat(read.reasons()).containsExactly("empty");
        assertThat(read.texts()).containsExactly("tea");
    }

    @Test
    void recordOverTheLimitIsPassedWithoutBeingHeld() {
        ReadOptions options =
                ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(1_000));
        byte[] archive = concat(gzip(page("one")), gzip(page("x".repeat(1_000_000))), gzip(page("two")));

        Collected read = Collected.from(GZIPPED, archive, options);

        assertThat(read.texts()).containsExactly("one", "two");
        assertThat(read.reasons()).containsExactly("record_too_large");
    }

    @Test
    void gzipHeadersMayHaveEverything() {
        byte[] plain = gzip(page("tea"));
        byte[] fixed = Arrays.copyOf(plain, 10);
        fixed[3] = 2 | 4 | 8 | 16; // header checksum, extra field, name, comment
        byte[] head = concat(fixed, new byte[] {3, 0, 'a', 'b', 'c'}, ascii("name\0comment\0"));
        CRC32 checksum = new CRC32();
        checksum.update(head);
        byte[] member = concat(
                head,
                new byte[] {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)},
                Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(Collected.from(GZIPPED, concat(member, member)).texts()).containsExactly("tea", "tea");
    }

    @Test
    void recordsMayLieAcrossMembers() {
        byte[] archive = concat(page("one"), page("two"), page("three"));
        byte[] cutAnywhere = new byte[0];
        for (int from = 0; from < archive.length; from += 50) {
            cutAnywhere =
                    concat(cutAnywhere, gzip(Arrays.copyOfRange(archive, from, Math.min(archive.length, from + 50))));
        }
        byte[] ends = gzip(ascii("\r\n\r\n"));
        byte[] endsApart = concat(
                gzip(Arrays.copyOf(page("one"), page("one").length - 4)), ends, gzip(new byte[0]), gzip(page("two")));

        assertThat(Collected.from(GZIPPED, cutAnywhere).texts()).containsExactly("one", "two", "three");
        assertThat(Collected.from(GZIPPED, endsApart).texts()).containsExactly("one", "two");
        assertThat(Collected.from(GZIPPED, endsApart).reasons()).isEmpty();
    }

    @Test
    void knowsArchivesByNameAndByContent() {
        assertThat(WarcFile.accepts("CC-MAIN-1.warc.wet.gz", new byte[0])).isTrue();
        assertThat(WarcFile.accepts("IA-000001.ARC.gz", new byte[0])).isTrue();
        assertThat(WarcFile.accepts("x", ascii("WARC/1.0\r\n"))).isTrue();
        assertThat(WarcFile.accepts("x", ascii("filedesc://x.arc 0.0.0.0 19960923142103 text/plain 200\n")))
                .isTrue();
        assertThat(WarcFile.accepts("x", Arrays.copyOf(gzip(page("tea".repeat(1_000))), 100)))
                .isTrue();
        assertThat(WarcFile.accepts("x.gz", gzip(ascii("tea")))).isFalse();
        assertThat(WarcFile.accepts("x.wat", ascii("(module)"))).isFalse();
        assertThat(WarcFile.accepts("x.txt", ascii("http://a.example/ is an address\n")))
                .isFalse();
    }

    @Test
    void mistakenNamesDoNotMatter() {
        assertThat(Collected.from(GZIPPED, page("tea")).texts()).containsExactly("tea");
        assertThat(Collected.from(PLAIN, gzip(page("tea"))).texts()).containsExactly("tea");
    }
}
