package kindling.prep.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Web archives: WARC 0.17 to 1.1 with its kinds WET and WAT, and ARC, gzipped or not. Each record becomes a document or a
 * rejection.
 *
 * <p>Sources: ISO 28500:2017, <a href="https://iipc.github.io/warc-specifications/">The WARC Format 1.1</a>; for ARC see
 * {@link ArcLine}.
 */
final class WarcFile {
    private static final Pattern NAME = Pattern.compile(".*\\.w?arc(\\.(wet|wat))?(\\.gz)?(\\.open)?");
    private static final String GZIPPED = ".gz";
    private static final int HEAD_BYTES = 1 << 9;

    private WarcFile() {}

    /**
     * Whether a file is a web archive.
     *
     * @param name of the file; archives of the usual names are tried even where they begin with something else
     * @param head its first bytes
     */
    static boolean accepts(String name, byte[] head) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches() || begins(head);
    }

    private static boolean begins(byte[] head) {
        ByteWindow window = new ByteWindow(new ByteArrayInputStream(head), 0, 0);
        if (!GzipMember.startsAt(window)) {
            return RecordHead.begins(head, 0, head.length);
        }
        try (GzipMember member = new GzipMember(window)) {
            member.open();
            return member.beginsRecord();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether parts of a file are read apart. A file that is not gzipped is read by whom its start is given to: where it
     * holds another archive, nothing short of reading from the start tells the records of the two from each other.
     */
    static boolean splits(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(GZIPPED);
    }

    /**
     * Reads the records of a part of a file. All parts of a file together, whatever their borders, give what the whole
     * gives; a part looks up to 512 KiB beyond its last record, and where the file is damaged or has no member for each
     * record, farther.
     *
     * @param in the file's bytes from the part's start
     * @param start of the part in the file, in bytes
     * @param end of the part; {@link Long#MAX_VALUE} for the rest of the file
     */
    static void read(String path, InputStream in, long start, long end, ReadOptions options, Sink sink) {
        Intake intake = new Intake(path, options, sink);
        if (!splits(path)) {
            if (start == 0) {
                read(path, in, 0, Long.MAX_VALUE, options.limits(), new Captures(intake));
            }
            return;
        }
        read(path, in, start, end, options.limits(), new Captures(intake));
    }

    /** The same for whoever wants the records as they are. */
    static void read(String path, InputStream in, long start, long end, Limits limits, RecordSink sink) {
        try (GzipRuns runs = new GzipRuns(in, start)) {
            ByteWindow raw = runs.raw();
            if (start == 0 && !raw.has(1) && raw.failure().isEmpty()) {
                sink.lost("", new Failure("empty", "no bytes"));
            } else if (start == 0 && isPlain(path, raw)) {
                new ArchiveRecords(raw, limits.maxRecordBytes(), sink).read(Long::toString, () -> 0);
            } else {
                readRuns(runs, start, end, limits, sink);
            }
        }
    }

    /** Whether a file is not gzipped; one that should be, and begins with neither, has a damaged beginning. */
    private static boolean isPlain(String path, ByteWindow raw) {
        raw.has(HEAD_BYTES);
        return !GzipMember.startsAt(raw)
                && (!splits(path) || RecordHead.begins(raw.array(), raw.start(), raw.start() + raw.buffered()));
    }

    private static void readRuns(GzipRuns runs, long start, long end, Limits limits, RecordSink sink) {
        ByteWindow content = new ByteWindow(runs, 0, 0);
        ArchiveRecords records = new ArchiveRecords(content, limits.maxRecordBytes(), sink);
        boolean more = start == 0 ? runs.next() : runs.nextCertain(end);
        if (start == 0 && !more) {
            sink.lost("0", new Failure("corrupt", "nothing but zeros"));
        }
        while (more && (runs.offset() < end || !runs.isCertain())) {
            String offset = Long.toString(runs.offset());
            content.restart();
            records.read(inRun -> inRun == 0 ? offset : offset + "+" + inRun, runs::checked);
            more = runs.next();
        }
    }
}
