package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static kindling.prep.read.Archives.arcRecord;
import static kindling.prep.read.Archives.concat;
import static kindling.prep.read.Archives.gzip;
import static kindling.prep.read.Archives.versionBlock;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArcLineTest {
    private static byte[] page(String text) {
        String answer = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + text;
        return arcRecord("http://a.example/" + text, "text/html", answer.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/ 1.2.3.4 20140216050221 text/html 1591, http://a/, 2014-02-16T05:02:21Z, text/html",
        "HTTP://A/ - 19960923142103 text/html 1591, HTTP://A/, 1996-09-23T14:21:03Z, text/html",
        "http://a/b c ::1 20140216050221 text/html; charset=x 1591, http://a/b c, 2014-02-16T05:02:21Z, text/html;",
        "http://a/ 0.0.0.0 20140216  1591, http://a/, 2014-02-16T00:00:00Z, ''",
        "http://a/ 1.2.3.4 20149916050221 text/html 1591, http://a/, '', text/html",
        "http://a/ 1.2.3.4 20140216050221 text/html 200 - - 12345678 a.arc 1591, http://a/, 2014-02-16T05:02:21Z, text/html"
    })
    void readsWhatOldCrawlersWrote(String line, String url, String date, String type) {
        assertThat(ArcLine.parse(line)).contains(new ArcLine(url, date, type, 1591));
        assertThat(ArcLine.parse(line + "\r")).contains(new ArcLine(url, date, type, 1591));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://a/ 1.2.3.4 20140216050221 1591",
                "http://a/ 1.2.3.4 2014 text/html 1591",
                "http://a/ 1.2.3.4 20140216050221 text/html -5",
                "tea 1.2.3.4 20140216050221 text/html 1591",
                "1 0 LiveWeb Capture"
            })
    void refusesOtherLines(String line) {
        assertThat(ArcLine.parse(line)).isEqualTo(Optional.empty());
    }

    @Test
    void pagesOfAnArcFileBecomeDocuments() {
        byte[] dns = arcRecord("dns:a.example", "text/dns", "20140216 a.example 1 IN A 1.2.3.4".getBytes(ISO_8859_1));
        byte[] archive = concat(versionBlock(), dns, page("one"), page("two"));
        byte[] gzipped = concat(gzip(versionBlock()), gzip(dns), gzip(page("one")), gzip(page("two")));

        for (Collected read : new Collected[] {Collected.from("a.arc", archive), Collected.from("a.arc.gz", gzipped)}) {
            assertThat(read.texts()).containsExactly("one", "two");
            assertThat(read.reasons()).containsExactly("arc_filedesc", "unsupported_type");
            assertThat(read.details().get(1)).endsWith(": text/dns");
            assertThat(read.documents.get(0).url()).isEqualTo("http://a.example/one");
            assertThat(read.documents.get(0).meta()).containsEntry("warc_date", "2014-02-16T05:02:21Z");
        }
    }

    @Test
    void wrongLengthLosesOnlyItsRecord() {
        String wrong = new String(page("wrong"), ISO_8859_1).replaceFirst(" \\d+\n", " 10\n");
        byte[] archive = concat(versionBlock(), wrong.getBytes(ISO_8859_1), page("right"));

        Collected read = Collected.from("a.arc", archive);

        assertThat(read.texts()).containsExactly("right");
        assertThat(read.reasons()).contains("arc_filedesc", "corrupt");
    }

    @Test
    void longLinesOfManyFieldsTakeNoTime() {
        byte[] line = ("http://a/" + " 1".repeat(2_000_000) + "\n").getBytes(ISO_8859_1);

        assertThat(Collected.from("a.arc", concat(line, page("tea"))).texts()).containsExactly("tea");
    }
}
