package kindling.prep.read;

import java.io.IOException;
import java.io.StringWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The text of a PDF file as PDFBox finds it, with marks where lines, paragraphs and pages end. */
final class PdfText extends PDFTextStripper {
    private static final String PARAGRAPH = Character.toString(Paragraphs.PARAGRAPH);

    private final long limit;
    private long found;

    private PdfText(long limit) {
        this.limit = limit;
        setLineSeparator("\n");
        setParagraphStart(PARAGRAPH);
        setPageEnd(Character.toString(Paragraphs.PAGE));
    }

    /**
     * Joins what is found to paragraphs.
     *
     * @throws TooLong when it is more characters than the limit
     */
    static String of(PDDocument pdf, long limit) throws IOException {
        StringWriter out = new StringWriter();
        new PdfText(limit).writeText(pdf, out);
        return Paragraphs.of(out.toString());
    }

    /** More text than a record may have. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    protected void processTextPosition(TextPosition text) {
        found++;
        if (found > limit || Thread.currentThread().isInterrupted()) {
            return; // endPage() ends it
        }
        super.processTextPosition(text);
    }

    @Override
    protected void endPage(PDPage page) throws IOException {
        if (found > limit || Thread.currentThread().isInterrupted()) {
            throw new TooLong();
        }
    }
}
