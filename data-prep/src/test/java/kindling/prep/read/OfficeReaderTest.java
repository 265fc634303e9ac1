package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ooxml.POIXMLDocument;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

class OfficeReaderTest {
    @Test
    void docxKeepsHeadingsListsAndTables() throws IOException {
        Collected read = Collected.from("a.docx", docx());

        assertThat(read.rejections).isEmpty();
        assertThat(read.texts())
                .singleElement()
                .satisfies(text -> assertThat(
                                text.lines().filter(line -> !line.isBlank()).map(String::strip))
                        .containsExactly(
                                "On tea",
                                "Tea is hot.",
                                "\u00B7 milk",
                                "\u00B7 sugar",
                                "cell 0 | cell 1",
                                "cell 2 | cell 3"));
        assertThat(read.documents.get(0).meta())
                .containsEntry("title", "The book")
                .containsEntry("author", "A. B.");
    }

    @Test
    void sheetsAreTables() throws IOException {
        for (Workbook workbook : new Workbook[] {new XSSFWorkbook(), new HSSFWorkbook()}) {
            String name = workbook instanceof XSSFWorkbook ? "a.xlsx" : "a.xls";

            Collected read = Collected.from(name, sheet(workbook));

            assertThat(read.rejections).isEmpty();
            assertThat(read.texts().get(0)).contains("Drinks", "tea", "1.5", "2024-03-01");
        }
    }

    @Test
    void slidesAreRead() throws IOException {
        XMLSlideShow slides = new XMLSlideShow();
        slides.createSlide().createTextBox().setText("Slide on tea");
        HSLFSlideShow old = new HSLFSlideShow();
        old.createSlide().addTitle().setText("Old slide");

        assertThat(Collected.from("a.pptx", bytes(slides)).texts()).containsExactly("Slide on tea");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        old.write(out);
        assertThat(Collected.from("a.ppt", out.toByteArray()).texts()).containsExactly("Old slide");
    }

    @Test
    void richTextIsRead() {
        byte[] rtf = "{\\rtf1\\ansi\\b Tea\\b0  f\\'fcr zwei\\par Milk}".getBytes(UTF_8);

        assertThat(Collected.from("a.rtf", rtf).texts()).containsExactly("Tea für zwei\n\nMilk");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a.odt", "a.bin"})
    void openDocumentIsRead(String name) throws IOException {
        Collected read = Collected.from(name, openDocument());

        assertThat(read.texts()).hasSize(1);
        assertThat(read.texts().get(0).lines().filter(line -> !line.isBlank())).startsWith("On tea", "Tea is hot.");
        assertThat(read.texts().get(0)).contains("milk", "cup");
        assertThat(read.documents.get(0).meta()).containsEntry("title", "The book");
    }

    @Test
    void booksAreReadInTheOrderOfTheirSpine() throws IOException {
        Collected read = Collected.from("a.epub", book());

        assertThat(read.texts())
                .singleElement()
                .satisfies(text -> assertThat(text.lines().filter(line -> !line.isBlank()))
                        .containsExactly("One", "Tea.", "Two", "Milk."));
        assertThat(read.documents.get(0).meta()).containsEntry("title", "The book");
    }

    @Test
    void passwordsCostTheFile() throws IOException, GeneralSecurityException {
        POIFSFileSystem encrypted = new POIFSFileSystem();
        Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
        encryptor.confirmPassword("secret");
        try (OutputStream out = encryptor.getDataStream(encrypted)) {
            out.write(docx());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        encrypted.writeFilesystem(file);

        Collected read = Collected.from("a.docx", file.toByteArray());

        assertThat(read.reasons()).containsExactly("encrypted");
    }

    @Test
    void damagedFilesCostThemselves() throws IOException {
        byte[] docx = docx();
        byte[] clipped = Arrays.copyOf(docx, docx.length / 2);

        assertThat(Collected.from("a.docx", clipped).reasons()).containsExactly("corrupt");
        assertThat(Collected.from("a.docx", "no zip".getBytes(UTF_8)).reasons()).containsExactly("corrupt");
        assertThat(Collected.from("a.odt", Arrays.copyOf(openDocument(), 300)).reasons())
                .containsExactly("corrupt");
        assertThat(Collected.from("a.doc", new byte[2_000]).reasons()).containsExactly("corrupt");
        assertThat(Collected.from("a.xls", Arrays.copyOf(sheet(new HSSFWorkbook()), 1_000))
                        .reasons())
                .containsExactly("corrupt");
    }

    @Test
    void bombsAreNotUnpacked() throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", new byte[0]);
        parts.put("word/document.xml", new byte[9 << 20]);
        ReadOptions options =
                ReadOptions.defaults().withLimits(Limits.defaults().withMaxRecordBytes(1 << 20));

        assertThat(Collected.from("a.docx", zip(parts), options).details())
                .containsExactly("a.docx: unpacks to more than 8388608 bytes");
    }

    @Test
    void otherZipFilesAreArchives() throws IOException {
        Collected read = Collected.from("a.zip", zip(Map.of("a.txt", "Tea.".getBytes(UTF_8))));

        assertThat(read.documents.get(0).source()).isEqualTo("a.zip!/a.txt");
    }

    @Test
    void officeFilesInsideArchivesAreRead() throws IOException {
        Collected read = Collected.from("a.zip", zip(Map.of("b/a.docx", docx())));

        assertThat(read.documents.get(0).source()).isEqualTo("a.zip!/b/a.docx");
    }

    private static byte[] docx() throws IOException {
        XWPFDocument document = new XWPFDocument();
        document.getProperties().getCoreProperties().setTitle("The book");
        document.getProperties().getCoreProperties().setCreator("A. B.");
        XWPFParagraph heading = document.createParagraph();
        heading.setStyle(headingStyle(document));
        heading.createRun().setText("On tea");
        document.createParagraph().createRun().setText("Tea is hot.");
        BigInteger list = list(document);
        for (String item : new String[] {"milk", "sugar"}) {
            XWPFParagraph paragraph = document.createParagraph();
            paragraph.setNumID(list);
            paragraph.setNumILvl(BigInteger.ZERO);
            paragraph.createRun().setText(item);
        }
        XWPFTable table = document.createTable(2, 2);
        for (int cell = 0; cell < 4; cell++) {
            table.getRow(cell / 2).getCell(cell % 2).setText("cell " + cell);
        }
        return bytes(document);
    }

    private static String headingStyle(XWPFDocument document) {
        CTStyle style = CTStyle.Factory.newInstance();
        style.setStyleId("Heading1");
        style.addNewName().setVal("heading 1");
        style.setType(STStyleType.PARAGRAPH);
        document.createStyles().addStyle(new XWPFStyle(style));
        return "Heading1";
    }

    private static BigInteger list(XWPFDocument document) {
        CTAbstractNum numbers = CTAbstractNum.Factory.newInstance();
        numbers.setAbstractNumId(BigInteger.ZERO);
        CTLvl level = numbers.addNewLvl();
        level.setIlvl(BigInteger.ZERO);
        level.addNewNumFmt().setVal(STNumberFormat.BULLET);
        level.addNewLvlText().setVal("\u2022");
        XWPFNumbering numbering = document.createNumbering();
        return numbering.addNum(numbering.addAbstractNum(new XWPFAbstractNum(numbers)));
    }

    private static byte[] sheet(Workbook workbook) throws IOException {
        Row row = workbook.createSheet("Drinks").createRow(0);
        row.createCell(0).setCellValue("tea");
        row.createCell(1).setCellValue(1.5);
        Cell date = row.createCell(2);
        date.setCellValue(LocalDate.of(2024, 3, 1));
        CellStyle style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
        date.setCellStyle(style);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        workbook.write(out);
        return out.toByteArray();
    }

    private static byte[] openDocument() throws IOException {
        String content = """
                <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
                 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
                <text:h text:outline-level="1">On tea</text:h><text:p>Tea is hot.</text:p>
                <text:list><text:list-item><text:p>milk</text:p></text:list-item></text:list>
                <table:table><table:table-row><table:table-cell><text:p>cup</text:p></table:table-cell>
                </table:table-row></table:table></office:text></office:body></office:document-content>""";
        String meta = """
                <office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>The book</dc:title></office:meta>
                </office:document-meta>""";
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", "application/vnd.oasis.opendocument.text".getBytes(UTF_8));
        parts.put("meta.xml", meta.getBytes(UTF_8));
        parts.put("content.xml", content.getBytes(UTF_8));
        return zip(parts);
    }

    private static byte[] book() throws IOException {
        String container = """
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
                <rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>""";
        String opf = """
                <package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata
                 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The book</dc:title></metadata><manifest>
                <item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
                <item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
                <spine><itemref idref="a"/><itemref idref="b"/></spine></package>""";
        String chapter = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>%s</h1><p>%s</p></body></html>";
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", "application/epub+zip".getBytes(UTF_8));
        parts.put("META-INF/container.xml", container.getBytes(UTF_8));
        parts.put("b.opf", opf.getBytes(UTF_8));
        parts.put("b.xhtml", chapter.formatted("Two", "Milk.").getBytes(UTF_8));
        parts.put("a.xhtml", chapter.formatted("One", "Tea.").getBytes(UTF_8));
        return zip(parts);
    }

    private static byte[] bytes(POIXMLDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.write(out);
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                if (part.getKey().equals("mimetype")) {
                    stored(entry, part.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(part.getValue());
            }
        }
        return out.toByteArray();
    }

    private static void stored(ZipEntry entry, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
    }
}
