package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import kindling.prep.Document;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.Property;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.EmptyParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.sax.ToHTMLContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.xml.sax.SAXException;

/**
 * Texts, sheets and slides of office programs, and EPUB books: a file is a document, with its headings, lists and tables
 * as HTML of the same content would have them. What is embedded in a file (pictures, macros, other files) is left out.
 */
final class OfficeReader implements Reader {
    private static final Set<String> OOXML =
            Set.of(("docx docm dotx dotm xlsx xlsm xltx xltm pptx pptm potx potm" + " ppsx ppsm").split(" "));
    private static final Set<String> OPEN_DOCUMENT = Set.of("odt ott ods ots odp otp".split(" "));
    private static final Set<String> BINARY = Set.of("doc dot xls xlt ppt pot pps".split(" "));
    private static final byte[] COMPOUND = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1};
    private static final byte[] RTF = "{\\rtf".getBytes(US_ASCII);
    private static final int FIRST_NAME = 30; // where the first entry's name stands in a zip file
    private static final int HEAD_BYTES = 512; // with the first entry's name, and for some what it holds
    private static final int MAX_GROWTH = 8; // times max-record-bytes that the parts of a file may unpack to
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String NO_DATE = "1601-01-01"; // the first day of Windows, where no date was set

    @Override
    public String format() {
        return "office";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return parser(extension, head).isPresent();
    }

    @Override
    public boolean isZipInside() {
        return true;
    }

    OfficeReader() {
        ZipSecureFile.setMinInflateRatio(0); // real sheets are packed a hundred times smaller; sizes are checked here
    }

    /** By the first bytes; the name decides between those of zip files whose entries are in an unusual order. */
    private static Optional<Parser> parser(String extension, byte[] head) {
        if (ZipEntries.startsWith(head)) {
            return packed(extension, new String(head, ISO_8859_1).substring(Math.min(FIRST_NAME, head.length)));
        }
        if (PdfReader.startsWith(COMPOUND, head)) {
            return Optional.of(new OfficeParser()); // also what a password makes of the newer formats
        }
        if (PdfReader.startsWith(RTF, head)) {
            return Optional.of(new RTFParser());
        }
        return byName(extension);
    }

    private static Optional<Parser> packed(String extension, String entry) {
        if (entry.startsWith("mimetypeapplication/epub+zip")) {
            return Optional.of(new EpubParser());
        }
        if (entry.startsWith("mimetypeapplication/vnd.oasis.opendocument")) {
            return Optional.of(new OpenDocumentParser());
        }
        boolean parts = entry.startsWith("[Content_Types].xml") || entry.startsWith("_rels/.rels");
        return parts ? Optional.of(new OOXMLParser()) : byName(extension);
    }

    private static Optional<Parser> byName(String extension) {
        if (OOXML.contains(extension)) {
            return Optional.of(new OOXMLParser());
        }
        if (OPEN_DOCUMENT.contains(extension)) {
            return Optional.of(new OpenDocumentParser());
        }
        if (extension.equals("epub")) {
            return Optional.of(new EpubParser());
        }
        if (BINARY.contains(extension)) {
            return Optional.of(new OfficeParser());
        }
        return extension.equals("rtf") ? Optional.of(new RTFParser()) : Optional.empty();
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        intake.acceptWhole(bytes, (content, whole) -> document(intake.blank(""), content, intake.options()));
    }

    private static Document document(Document blank, byte[] content, ReadOptions options) throws BadRecord {
        long limit = options.limits().maxRecordBytes();
        Metadata metadata = new Metadata();
        byte[] head = Arrays.copyOf(content, Math.min(content.length, HEAD_BYTES));
        Parser parser = parser(Reader.extension(blank.source()), head)
                .orElseThrow(() -> new BadRecord("corrupt", "no office file"));
        if (ZipEntries.startsWith(head)) {
            checkSize(content, MAX_GROWTH * limit);
        }
        String html = html(parser, content, metadata, limit);
        Document document = HtmlReader.document(
                blank,
                html.getBytes(UTF_8),
                new WebResponse("", "UTF-8", "", List.of(), ""),
                options.withExtract("full"));
        return described(document, metadata);
    }

    private static String html(Parser parser, byte[] content, Metadata metadata, long limit) throws BadRecord {
        ToHTMLContentHandler html = new ToHTMLContentHandler();
        try {
            parser.parse(
                    new ByteArrayInputStream(content),
                    new WriteOutContentHandler(html, (int) limit),
                    metadata,
                    context());
            return html.toString();
        } catch (EncryptedDocumentException | org.apache.poi.EncryptedDocumentException e) {
            throw new BadRecord("encrypted", "an office file with a password");
        } catch (SAXException | IOException | TikaException | RuntimeException e) {
            if (WriteLimitReachedException.isWriteLimitReached(e)) {
                throw new BadRecord("record_too_large", "text longer than max-record-bytes");
            }
            // Only the type is told: a message may quote anything.
            throw new BadRecord(
                    "corrupt", "no readable office file: " + e.getClass().getSimpleName());
        }
    }

    private static ParseContext context() {
        OfficeParserConfig office = new OfficeParserConfig();
        office.setUseSAXDocxExtractor(true); // streams, where the other way builds trees
        office.setUseSAXPptxExtractor(true);
        office.setIncludeHeadersAndFooters(false);
        office.setIncludeDeletedContent(false);
        office.setIncludeMoveFromContent(false);
        office.setExtractMacros(false);
        ParseContext context = new ParseContext();
        context.set(OfficeParserConfig.class, office);
        context.set(Parser.class, EmptyParser.INSTANCE);
        return context;
    }

    /** Unpacks without keeping anything, since parsers keep what they unpack. */
    private static void checkSize(byte[] content, long limit) throws BadRecord {
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            while (zip.getNextEntry() != null) {
                for (int count = zip.read(buffer); count > 0; count = zip.read(buffer)) {
                    size += count;
                    if (size > limit) {
                        throw new BadRecord("record_too_large", "unpacks to more than " + limit + " bytes");
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BadRecord("corrupt", "a damaged zip file: " + e.getClass().getSimpleName());
        }
    }

    private static Document described(Document plain, Metadata metadata) {
        Map<String, String> meta = new TreeMap<>(plain.meta());
        put("title", TikaCoreProperties.TITLE, metadata, meta);
        put("author", TikaCoreProperties.CREATOR, metadata, meta);
        put("published", TikaCoreProperties.CREATED, metadata, meta);
        return new Document(plain.id(), plain.text(), plain.source(), plain.url(), plain.language(), meta);
    }

    private static void put(String name, Property property, Metadata metadata, Map<String, String> meta) {
        String value = metadata.get(property);
        if (value != null && !value.isBlank() && !value.startsWith(NO_DATE)) {
            meta.put(name, value.strip());
        }
    }
}
