package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * The lines of a file that start at or after one offset and before another.
 *
 * @param start in bytes; lines before it that reach into the part belong to the part before
 * @param end in bytes; the last line of the part may reach beyond it
 */
record LinePart(FilePart file, long start, long end, TextForm form) {
    /** The stretch between the first multiples of the stride, in bytes, that are not before a part's start and its end. */
    static LinePart of(FilePart part, long stride, TextForm form) {
        return new LinePart(part, roundedUp(part.start(), stride), roundedUp(part.end(), stride), form);
    }

    private static long roundedUp(long offset, long stride) {
        return offset == Long.MAX_VALUE ? offset : (offset + stride - 1) / stride * stride;
    }

    /** Gives the lines to a reader, and tells when they could not be read to the end. */
    void read(StoredFile stored, Intake intake, Consumer<ByteSource> reader) throws IOException {
        if (start >= end || start > file.size()) {
            return;
        }
        long from = start == 0 ? 0 : start - form.unitBytes(); // where the line before may end
        try (InputStream in = stored.from(from)) {
            ByteSource bytes = new ByteSource(in, Budget.unlimited(), from, end);
            if (start > 0) {
                bytes.nextLine(0, form);
            }
            reader.accept(bytes);
            intake.report(bytes);
        }
    }
}
