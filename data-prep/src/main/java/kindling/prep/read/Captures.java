package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import kindling.prep.Document;
import kindling.prep.read.HttpAnswer.Content;

/** Makes documents of the pages and texts in a web archive; all other records are rejections that say what they are. */
final class Captures implements RecordSink {
    private static final int OK = 200;
    private static final Pattern DATE = Pattern.compile("[0-9TZ:.+-]{1,40}");
    /** What Wget keeps about its own run: its arguments, its log. */
    private static final String CRAWLERS_OWN = "metadata://";
    /** The beginnings of pages that declare no type: WHATWG, MIME Sniffing Standard, section 7.1. */
    private static final Pattern HTML = Pattern.compile(
            "\\s{0,400}<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[\\s>-].*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int SNIFFED_BYTES = 512;

    private final Intake intake;

    Captures(Intake intake) {
        this.intake = intake;
    }

    @Override
    public void lost(String position, Failure failure) {
        intake.reject(position, failure.reason(), failure.cause());
    }

    @Override
    public void record(RecordHead head, String position, ByteBuffer block) {
        try {
            intake.accept(document(head, intake.blank(position), block));
        } catch (BadRecord bad) {
            intake.reject(position, bad);
        }
    }

    private Document document(RecordHead head, Document blank, ByteBuffer block) throws BadRecord {
        return switch (head.type()) {
            case "response" -> response(head, blank, block);
            case "resource", "conversion" -> resource(head, blank, block);
            case "revisit" -> throw new BadRecord("revisit", "an earlier record has the content");
            case "filedesc" -> throw new BadRecord("arc_filedesc", "it describes the file");
            case "warcinfo", "request", "metadata" -> throw new BadRecord("warc_" + head.type(), "it is no content");
            case "continuation" -> throw new BadRecord("unsupported_type", "a further segment of a record");
            default -> throw unsupported(ContentType.of(head.contentType()));
        };
    }

    private Document response(RecordHead head, Document blank, ByteBuffer block) throws BadRecord {
        if (!startsAsHttp(block)) {
            throw unsupported(ContentType.of(head.contentType()));
        }
        HttpAnswer answer = HttpAnswer.parse(block);
        if (answer.status() != OK) {
            throw new BadRecord("http_error", "status " + answer.status());
        }
        ContentType declared = type(answer.type(), head);
        if (declared.isDeclared() && !declared.isHtml() && !declared.isPlainText()) {
            throw unsupported(declared);
        }
        Content content = answer.content(intake.options().limits().maxRecordBytes());
        WebResponse response = new WebResponse(
                head.url(),
                declared.charset(),
                date(head),
                answer.all("X-Robots-Tag"),
                answer.all("TDM-Reservation").stream().findFirst().orElse(""));
        return document(head, blank, declared, content, response);
    }

    private static boolean startsAsHttp(ByteBuffer block) {
        return block.remaining() >= 4
                && ISO_8859_1.decode(block.slice(0, 4)).toString().equals("HTTP");
    }

    private Document resource(RecordHead head, Document blank, ByteBuffer block) throws BadRecord {
        if (head.url().startsWith(CRAWLERS_OWN)) {
            throw new BadRecord("warc_metadata", "the crawler's own");
        }
        ContentType declared = type(ContentType.of(head.contentType()), head);
        if (declared.isDeclared() && !declared.isHtml() && !declared.isPlainText()) {
            throw unsupported(declared);
        }
        byte[] bytes = new byte[block.remaining()];
        block.get(bytes);
        return document(
                head,
                blank,
                declared,
                new Content(bytes, true),
                new WebResponse(head.url(), declared.charset(), date(head), List.of(), ""));
    }

    /** The declared type, or else what the crawler has found. */
    private static ContentType type(ContentType declared, RecordHead head) {
        return declared.isDeclared() ? declared : ContentType.of(head.payloadType());
    }

    private static BadRecord unsupported(ContentType type) {
        return new BadRecord("unsupported_type", type.isDeclared() ? type.name() : "no type declared");
    }

    private static String date(RecordHead head) {
        return DATE.matcher(head.date()).matches() ? head.date() : "";
    }

    private Document document(
            RecordHead head, Document blank, ContentType declared, Content content, WebResponse response)
            throws BadRecord {
        boolean html = declared.isDeclared() ? declared.isHtml() : looksLikeHtml(content.bytes());
        if (!html && !declared.isPlainText()) {
            throw unsupported(declared);
        }
        Document document = html
                ? HtmlReader.document(blank, content.bytes(), response, intake.options())
                : plain(blank, content, response);
        document = with(document, "mime", html ? "text/html" : "text/plain");
        document = with(document, "warc_date", response.date());
        document = with(document, "warc_record_id", head.id());
        return head.cut() || !content.whole() ? document.with("truncated", "true") : document;
    }

    private Document plain(Document blank, Content content, WebResponse response) throws BadRecord {
        intake.options().consent().require(response);
        String text = HtmlEncoding.decode(content.bytes(), response.charset());
        return new Document(blank.id(), text, blank.source(), response.url(), "", blank.meta());
    }

    private static boolean looksLikeHtml(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, SNIFFED_BYTES), ISO_8859_1);
        return HTML.matcher(start).matches();
    }

    private static Document with(Document document, String key, String value) {
        return value.isEmpty() ? document : document.with(key, value);
    }
}
