package kindling.prep.read;

import java.util.Set;

/** Plain text in UTF-8: a file is a document. */
final class TextReader implements Reader {
    private static final Set<String> EXTENSIONS = Set.of("txt", "text", "md", "markdown", "rst", "adoc");

    @Override
    public String format() {
        return "text";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return EXTENSIONS.contains(extension);
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        intake.acceptWhole(bytes, (content, whole) -> intake.blank("").withText(text(content, whole)));
    }

    static String text(byte[] content, boolean whole) throws BadRecord {
        String text = StrictText.utf8(content, whole);
        if (StrictText.looksBinary(content)) {
            throw new BadRecord("not_text", "control characters as in binary data");
        }
        return text;
    }
}
