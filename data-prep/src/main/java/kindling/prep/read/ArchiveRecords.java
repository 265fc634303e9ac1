package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.netpreserve.jwarc.WarcParser;

/**
 * The records in a run of bytes of a web archive, WARC or ARC. A record's length is believed as long as so many bytes are
 * there: what lies in a record, though it look like another, is content. Where no record begins though one should, the
 * next is looked for at the beginnings of lines.
 */
final class ArchiveRecords {
    private static final int MOST_HEADER_BYTES = 1 << 20; // what crawlers write has some hundred
    private static final int MOST_LINE_BYTES = 1 << 13; // of an ARC record's header: an URL has 2,000 at most
    private static final int FOLLOWING_BYTES = 1 << 16; // how far behind a record damage still means the record
    private static final Failure TOO_LARGE = new Failure("record_too_large", "longer than max-record-bytes");
    private static final Failure CUT = new Failure("truncated", "the bytes end within the record");
    private static final Failure NO_RECORD = new Failure("corrupt", "no record with a sound header begins here");

    private final ByteWindow window;
    private final long maxRecordBytes;
    private final RecordSink sink;
    private final WarcParser parser = new WarcParser();
    private LongFunction<String> place = Long::toString;
    private LongSupplier checked = () -> 0;
    private boolean told; // why the run ended

    ArchiveRecords(ByteWindow window, long maxRecordBytes, RecordSink sink) {
        this.window = window;
        this.maxRecordBytes = maxRecordBytes;
        this.sink = sink;
        parser.setLenient(true);
    }

    /**
     * Reads to the end of the window.
     *
     * @param placeOf gives the position in the file that a position in the window has
     * @param checkedUntil up to which position in the window a checksum has been found right
     */
    void read(LongFunction<String> placeOf, LongSupplier checkedUntil) {
        place = placeOf;
        checked = checkedUntil;
        told = false;
        while (passLineEnds()) {
            Optional<RecordHead> head = head();
            if (head.isPresent()) {
                take(head.get());
            } else {
                passOver();
            }
        }
        if (!told && window.failure().isPresent()) {
            lost(window.position(), window.failure().get());
        }
    }

    private boolean passLineEnds() {
        while (window.has(1) && isLineEnd(window.at(0))) {
            window.advance(1);
        }
        return window.has(1);
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    /** The header at the window's position, if there is one. */
    private Optional<RecordHead> head() {
        return RecordHead.startsAsWarc(window) ? warcHead() : arcHead();
    }

    private Optional<RecordHead> warcHead() {
        parser.reset();
        int parsed = 0;
        while (!parser.isFinished() && !parser.isError() && parsed < MOST_HEADER_BYTES && window.has(parsed + 1)) {
            ByteBuffer more = ByteBuffer.wrap(window.array(), window.start() + parsed, window.buffered() - parsed);
            parser.parse(more);
            parsed = window.buffered() - more.remaining();
        }
        return parser.isFinished() ? RecordHead.of(parser.headers(), parsed) : Optional.empty();
    }

    private Optional<RecordHead> arcHead() {
        if (!ArcLine.startsAsUrl(window.at(0))) {
            return Optional.empty();
        }
        int end = 1;
        while (end < MOST_LINE_BYTES && window.has(end + 1) && window.at(end) != '\n') {
            end++;
        }
        if (!window.has(end + 1) || window.at(end) != '\n') {
            return Optional.empty();
        }
        int bytes = end + 1;
        return ArcLine.parse(new String(window.array(), window.start(), end, ISO_8859_1))
                .map(line -> line.head(bytes));
    }

    private void take(RecordHead head) {
        long bytes = head.bytes() + head.length();
        if (head.length() > maxRecordBytes) {
            skip(bytes);
        } else if (!window.has((int) bytes)) {
            lose(window.failure().orElse(CUT), head.bytes()); // if its length is wrong, the next one begins in it
        } else if (isDamaged((int) bytes)) {
            lose(Failure.CORRUPT, (int) bytes);
        } else {
            give(head, (int) bytes);
        }
    }

    private void skip(long bytes) {
        long from = window.position();
        boolean whole = window.skip(bytes);
        told |= !whole;
        lost(from, whole ? TOO_LARGE : window.failure().orElse(CUT));
    }

    /** Gives up a record, and looks for the next one behind so many bytes. */
    private void lose(Failure why, int bytes) {
        lost(window.position(), why);
        told = true;
        window.advance(bytes);
        seek();
    }

    private void give(RecordHead head, int bytes) {
        int block = window.start() + head.bytes();
        sink.record(
                head,
                place.apply(window.position()),
                ByteBuffer.wrap(window.array(), block, (int) head.length()).slice());
        window.advance(bytes);
    }

    /**
     * Whether the next bytes, a record, lie in the damaged part of a run. Of a part that is only cut the record is
     * sound when nothing but line ends could be read behind it.
     */
    private boolean isDamaged(int bytes) {
        if (window.has(bytes + FOLLOWING_BYTES)
                || window.failure().isEmpty()
                || window.position() + bytes <= checked.getAsLong()) {
            return false;
        }
        int next = bytes;
        while (next < window.buffered() && isLineEnd(window.at(next))) {
            next++;
        }
        return next == window.buffered()
                ? window.failure().get().equals(Failure.CORRUPT)
                : !RecordHead.begins(window.array(), window.start() + next, window.start() + window.buffered());
    }

    /** Passes bytes that belong to no record; zeros at the end, behind records, are none that were lost. */
    private void passOver() {
        long from = window.position();
        Failure atEnd = RecordHead.startsAsWarc(window) ? CUT : NO_RECORD;
        boolean more = passZeros();
        if (more && (head().isPresent() || seek())) {
            lost(from, NO_RECORD);
        } else if (more || from == 0) {
            lost(from, window.failure().orElse(atEnd));
            told = true;
        }
    }

    private boolean passZeros() {
        while (window.has(1) && window.at(0) == 0) {
            window.advance(1);
        }
        return window.has(1);
    }

    /** Goes to the next line that begins a record; false if there is none. */
    private boolean seek() {
        while (toNextLine()) {
            if (head().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private boolean toNextLine() {
        while (window.has(1)) {
            int feed = 0;
            while (feed < window.buffered() && window.at(feed) != '\n') {
                feed++;
            }
            boolean found = feed < window.buffered();
            window.advance(found ? feed + 1 : feed);
            if (found) {
                return window.has(1);
            }
        }
        return false;
    }

    private void lost(long position, Failure failure) {
        sink.lost(place.apply(position), failure);
    }
}
