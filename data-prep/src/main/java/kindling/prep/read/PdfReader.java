package kindling.prep.read;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import kindling.prep.Document;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * PDF: a file is a document, its text in the order in which the file draws it, put together to paragraphs; {@code title},
 * {@code author}, {@code published} and {@code pages} in the meta data. Pictures of text are not read.
 */
final class PdfReader implements Reader {
    private static final byte[] MARK = {'%', 'P', 'D', 'F', '-'};
    private static final String NO_PASSWORD = "";

    PdfReader() {
        FontMappers.set(new BundledFont());
    }

    @Override
    public String format() {
        return "pdf";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return extension.equals("pdf") || startsWith(MARK, head);
    }

    static boolean startsWith(byte[] mark, byte[] head) {
        return head.length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        long limit = intake.options().limits().maxRecordBytes();
        intake.acceptWhole(bytes, (content, whole) -> document(intake.blank(""), content, limit));
    }

    private static Document document(Document blank, byte[] content, long limit) throws BadRecord {
        try (PDDocument pdf = Loader.loadPDF(content, NO_PASSWORD, null, null, IOUtils.createMemoryOnlyStreamCache())) {
            String text = PdfText.of(pdf, limit);
            if (text.isBlank()) {
                throw new BadRecord("no_text_layer", pdf.getNumberOfPages() + " pages without text, perhaps scanned");
            }
            Document document = blank.withText(text).with("pages", Integer.toString(pdf.getNumberOfPages()));
            return described(document, pdf.getDocumentInformation());
        } catch (InvalidPasswordException e) {
            throw new BadRecord("encrypted", "a PDF file with a password");
        } catch (PdfText.TooLong e) {
            throw new BadRecord("record_too_large", "text longer than max-record-bytes");
        } catch (IOException | RuntimeException e) {
            // Only the type is told: a message may quote anything.
            throw new BadRecord(
                    "corrupt", "no readable PDF file: " + e.getClass().getSimpleName());
        }
    }

    private static Document described(Document plain, PDDocumentInformation information) {
        Document document = plain;
        for (String name : List.of("Title", "Author")) {
            String value = information.getPropertyStringValue(name) instanceof String text ? text.strip() : "";
            document = value.isEmpty() ? document : document.with(name.toLowerCase(Locale.ROOT), value);
        }
        Calendar created = information.getCreationDate();
        return created == null
                ? document
                : document.with("published", DateTimeFormatter.ISO_INSTANT.format(created.toInstant()));
    }
}
