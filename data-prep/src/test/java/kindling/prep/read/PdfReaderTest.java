package kindling.prep.read;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TimeZone;
import kindling.prep.Document;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

class PdfReaderTest {
    private static final float LINE = 14; // points
    private static final float GAP = 28; // between paragraphs

    @Test
    void linesBecomeParagraphsAndDividedWordsWhole() throws IOException {
        Collected read = read(pdf("Tea is a drink that many peo-", "ple like.", "", "Water is another."));

        assertThat(read.texts()).containsExactly("Tea is a drink that many people like.\n\nWater is another.");
    }

    @Test
    void documentInformationGoesToMeta() throws IOException {
        PDDocument pdf = pdf("Tea.");
        pdf.getDocumentInformation().setTitle("On tea");
        pdf.getDocumentInformation().setAuthor("A. B.");
        GregorianCalendar created = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        created.setTimeInMillis(1_709_290_800_000L);
        pdf.getDocumentInformation().setCreationDate(created);

        Collected read = read(pdf);

        assertThat(read.documents)
                .containsExactly(new Document(
                        Document.idOf("a.pdf", ""),
                        "Tea.",
                        "a.pdf",
                        "",
                        "",
                        Map.of(
                                "author",
                                "A. B.",
                                "pages",
                                "1",
                                "published",
                                "2024-03-01T11:00:00Z",
                                "title",
                                "On tea")));
    }

    @Test
    void formatIsToldByItsFirstBytesToo() throws IOException {
        assertThat(Collected.from("paper", bytes(pdf("Tea."))).texts()).containsExactly("Tea.");
    }

    @Test
    void passwordCostsTheFile() throws IOException {
        PDDocument pdf = pdf("Secret tea.");
        StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", "user", new AccessPermission());
        policy.setEncryptionKeyLength(128);
        pdf.protect(policy);

        assertThat(read(pdf).details()).containsExactly("a.pdf: a PDF file with a password");
        assertThat(read(pdf("Tea.")).reasons()).isEmpty();
    }

    @Test
    void passwordOfTheOwnerOnlyForbidsNoReading() throws IOException {
        PDDocument pdf = pdf("Tea.");
        pdf.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));

        assertThat(read(pdf).texts()).containsExactly("Tea.");
    }

    @Test
    void pagesWithoutTextHaveNoTextLayer() throws IOException {
        PDDocument pdf = new PDDocument();
        pdf.addPage(new PDPage());

        assertThat(read(pdf).reasons()).containsExactly("no_text_layer");
    }

    @Test
    void damagedFilesCostThemselves() throws IOException {
        byte[] whole = bytes(pdf("Tea."));

        assertThat(Collected.from("a.pdf", Arrays.copyOf(whole, 100)).reasons()).containsExactly("corrupt");
        assertThat(Collected.from("a.pdf", new byte[5_000]).reasons()).containsExactly("corrupt");
        assertThat(Collected.from("a.pdf", "%PDF-1.7\nnothing else".getBytes(US_ASCII))
                        .reasons())
                .containsExactly("corrupt");
    }

    @Test
    void textOverTheLimitCostsTheFile() throws IOException {
        PDDocument pdf = pdf("tea ".repeat(1_000));
        PDPage page = pdf.getPage(0);
        for (int i = 0; i < 50; i++) {
            PDPage again = new PDPage();
            again.setResources(page.getResources());
            again.setContents(new PDStream(page.getCOSObject().getCOSStream(COSName.CONTENTS)));
            pdf.addPage(again);
        }
        ReadOptions options =
                ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(20_000));

        assertThat(Collected.from("a.pdf", bytes(pdf), options).details())
                .containsExactly("a.pdf: text longer than max-record-bytes");
    }

    private static Collected read(PDDocument pdf) throws IOException {
        return Collected.from("a.pdf", bytes(pdf));
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pdf.save(out);
        pdf.close();
        return out.toByteArray();
    }

    private static PDDocument pdf(String... lines) throws IOException {
        return pdf(new String[][] {lines});
    }

    /** Pages of lines; an empty line is the gap between two paragraphs. */
    private static PDDocument pdf(String[][] pages) throws IOException {
        PDDocument pdf = new PDDocument();
        for (String[] lines : pages) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), 11);
                content.newLineAtOffset(72, 720);
                for (String line : lines) {
                    content.showText(line);
                    content.newLineAtOffset(0, line.isEmpty() ? LINE - GAP : -LINE);
                }
                content.endText();
            }
        }
        return pdf;
    }
}
