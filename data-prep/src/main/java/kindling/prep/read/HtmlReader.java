package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kindling.prep.Document;
import kindling.prep.clean.Deadline;
import kindling.prep.clean.HtmlText;
import kindling.prep.clean.Origin;
import kindling.prep.clean.Page;
import kindling.prep.clean.UnicodeRepair;

/** HTML: a file is a page, its text a document, what it says about itself the meta data. */
final class HtmlReader implements Reader {
    private static final Set<String> EXTENSIONS = Set.of("html", "htm", "xhtml", "shtml");

    private static final int MAX_TAGS = 500_000; // an element takes some 200 bytes: this many fit into an executor
    private static final int ISO_DATE_CHARACTERS = 10;

    @Override
    public String format() {
        return "html";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return EXTENSIONS.contains(extension) || (extension.isEmpty() && startsAsHtml(head));
    }

    private static boolean startsAsHtml(byte[] head) {
        String start = new String(head, ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html");
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        // Untimed from outside: the extraction itself looks at the clock.
        intake.acceptUntimed(
                bytes, (content, whole) -> document(intake.blank(""), content, WebResponse.NONE, intake.options()));
    }

    /**
     * The document that a page is.
     *
     * @param blank with the identity of the page's place
     * @param content the page as it was served, without transfer and content codings
     */
    static Document document(Document blank, byte[] content, WebResponse response, ReadOptions options)
            throws BadRecord {
        options.consent().require(response);
        // Before parsing, which drops the soft hyphens and hard spaces that garbled letters are made of.
        String html = UnicodeRepair.repair(HtmlEncoding.decode(content, response.charset()));
        if (html.chars().filter(c -> c == '<').count() > MAX_TAGS) {
            throw new BadRecord("record_too_large", "more than " + MAX_TAGS + " tags");
        }
        Page page = extract(html, response, options);
        options.consent().require(page, response);
        if (page.text().isEmpty() && !page.blank()) {
            throw new BadRecord("no_main_content", "nothing on the page but links and labels");
        }
        Map<String, String> meta = new TreeMap<>(page.meta());
        meta.putAll(blank.meta());
        return new Document(blank.id(), page.text(), blank.source(), page.url(), "", meta);
    }

    /** Whatever a hostile page does to the parser, it costs that page only. */
    private static Page extract(String html, WebResponse response, ReadOptions options) throws BadRecord {
        HtmlText.Mode mode = HtmlText.Mode.valueOf(options.extract().toUpperCase(Locale.ROOT));
        long millis = options.limits().maxExtractionMillis();
        try {
            Origin origin = new Origin(response.url(), day(response.date()));
            return HtmlText.extract(html, origin, mode, Deadline.in(Duration.ofMillis(millis)));
        } catch (Deadline.Passed e) {
            throw new BadRecord("extraction_timeout", "more than " + millis + " ms");
        } catch (RuntimeException | StackOverflowError e) {
            throw new BadRecord("extraction_failed", e.getClass().getSimpleName());
        }
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date.substring(0, Math.min(ISO_DATE_CHARACTERS, date.length())))
                    .plusDays(1); // clocks and time zones differ
        } catch (DateTimeParseException e) {
            return LocalDate.MAX;
        }
    }
}
