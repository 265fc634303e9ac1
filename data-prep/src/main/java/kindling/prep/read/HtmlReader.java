package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Set;
import kindling.prep.Document;
import kindling.prep.clean.HtmlText;
import kindling.prep.clean.Page;

/** HTML: a file is a page, its text a document, its title {@code title} in the meta data. */
final class HtmlReader implements Reader {
    private static final Set<String> EXTENSIONS = Set.of("html", "htm", "xhtml", "shtml");

    private static final int MAX_TAGS = 500_000; // an element takes some 200 bytes: this many fit into an executor

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
        intake.acceptWhole(
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
        String html = HtmlEncoding.decode(content);
        if (html.chars().filter(c -> c == '<').count() > MAX_TAGS) {
            throw new BadRecord("record_too_large", "more than " + MAX_TAGS + " tags");
        }
        if (options.extract().equals("none")) {
            return blank.withText(html);
        }
        Page page = extract(html, HtmlText.Mode.valueOf(options.extract().toUpperCase(Locale.ROOT)));
        if (page.text().isEmpty() && !page.blank()) {
            throw new BadRecord("no_main_content", "nothing on the page but links and labels");
        }
        Document document = new Document(
                blank.id(),
                page.text(),
                blank.source(),
                page.url().isEmpty() ? response.url() : page.url(),
                "",
                blank.meta());
        return page.title().isEmpty() ? document : document.with("title", page.title());
    }

    /** Whatever a hostile page does to the parser, it costs that page only. */
    private static Page extract(String html, HtmlText.Mode mode) throws BadRecord {
        try {
            return HtmlText.extract(html, "", mode);
        } catch (RuntimeException | StackOverflowError e) {
            throw new BadRecord("extraction_failed", e.getClass().getSimpleName());
        }
    }
}
