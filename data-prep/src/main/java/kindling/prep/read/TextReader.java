package kindling.prep.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import kindling.prep.Document;

/**
 * Plain text: a file is a document. A file over {@link Limits#maxRecordBytes} is several: with P half that limit, each
 * starts at the first line that starts at or after a multiple of P, or earlier where it would grow over the limit; so
 * where they start depends on the file alone. A line over the limit is no document.
 */
final class TextReader implements PartReader {
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
        if (bytes.atMost(intake.options().limits().maxRecordBytes())) {
            readWhole(bytes, intake);
        } else {
            new Pieces(intake).read(bytes, TextForm.of(bytes.peek(TextForm.HEAD_BYTES)));
        }
    }

    private static void readWhole(ByteSource bytes, Intake intake) {
        intake.acceptUntimed(
                bytes, (content, whole) -> PlainText.of(content, whole).in(intake.blank("")));
    }

    @Override
    public void read(FilePart part, StoredFile file, Intake intake) throws IOException {
        if (part.size() > intake.options().limits().maxRecordBytes()) {
            TextForm form;
            try (InputStream in = file.from(0)) {
                form = TextForm.of(in.readNBytes(TextForm.HEAD_BYTES));
            }
            Pieces pieces = new Pieces(intake);
            LinePart.of(part, pieces.stride, form).read(file, intake, bytes -> pieces.read(bytes, form));
        } else if (part.start() == 0) {
            try (InputStream in = file.from(0)) {
                ByteSource bytes = new ByteSource(in, Budget.unlimited());
                readWhole(bytes, intake);
                intake.report(bytes);
            }
        }
    }

    /** The documents of a large file. */
    private static final class Pieces {
        private static final int WIDEST_UNIT = 4; // bytes

        private final Intake intake;
        private final long limit;
        private final long stride;
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
        private long pieceStart;

        Pieces(Intake intake) {
            this.intake = intake;
            this.limit = intake.options().limits().maxRecordBytes();
            this.stride = Math.max(WIDEST_UNIT, limit / 2 / WIDEST_UNIT * WIDEST_UNIT);
        }

        void read(ByteSource bytes, TextForm form) {
            byte[] feed = "\n".getBytes(form.charset());
            while (bytes.nextLine(limit, form)) {
                try {
                    add(bytes.record(), feed, bytes.recordStart(), form);
                } catch (BadRecord tooLarge) {
                    finish(form, true);
                    intake.reject(Long.toString(bytes.recordStart()), tooLarge);
                }
            }
            finish(form, bytes.failure().isEmpty());
        }

        private void add(byte[] line, byte[] feed, long start, TextForm form) {
            boolean full = piece.size() + feed.length + (long) line.length > limit;
            if (full || start / stride > pieceStart / stride) {
                finish(form, true);
            }
            if (piece.size() == 0) {
                pieceStart = start;
            } else {
                piece.writeBytes(feed);
            }
            piece.writeBytes(line);
        }

        private void finish(TextForm form, boolean whole) {
            if (piece.size() == 0) {
                return;
            }
            String position = Long.toString(pieceStart);
            try {
                Document document =
                        PlainText.of(piece.toByteArray(), form, true).in(intake.blank(position));
                intake.accept(whole ? document : document.with("truncated", "true"));
            } catch (BadRecord bad) {
                intake.reject(position, bad);
            }
            piece.reset();
        }
    }
}
