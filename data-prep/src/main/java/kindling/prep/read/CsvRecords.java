package kindling.prep.read;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts CSV into records by the state of its quotes: a line feed within quotes belongs to its field (RFC 4180, section 2).
 *
 * <p>A quote that is opened and never closed must not swallow the file: where what follows a closing quote shows that it
 * was an opening one, or where lines that look like records follow to the end of all that may be held, only the line with
 * the first quote is lost and the lines after it are read again, then each as a record of its own. Every byte is read at
 * most twice.
 */
final class CsvRecords {
    private static final String UNCLOSED = "a quote without its pair";

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}; // of UTF-8

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED,
        BROKEN
    }

    private final ByteSource bytes;
    private final byte separator;
    private final long limit;
    private int columns = 1;

    private byte[] line;
    private long lineStart;
    private boolean lineTooLong;

    private byte[] again = {}; // lines to be read a second time
    private int againNext;
    private long againStart;
    private long singleLinesUntil; // before this offset a record is a line

    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private long recordStart;
    private int firstLineBytes; // of the record, with the line feed
    private Optional<BadRecord> problem = Optional.empty();

    CsvRecords(ByteSource bytes, byte separator, long limit) {
        this.bytes = bytes;
        this.separator = separator;
        this.limit = limit;
    }

    /** Tells how many fields a record should have, which tells records from the lines of a long field. */
    void expect(int fields) {
        columns = fields;
    }

    /** Where the record taken last starts, in bytes. */
    long position() {
        return recordStart;
    }

    /**
     * The record taken last, without its line end.
     *
     * @throws BadRecord {@code invalid_csv} or {@code record_too_large}
     */
    byte[] record() throws BadRecord {
        if (problem.isPresent()) {
            throw problem.get();
        }
        return record.toByteArray();
    }

    /** Takes the next record that is no empty line; false when there is none, or only one that a failure cut off. */
    boolean next() {
        do {
            if (!takeLine()) {
                return false;
            }
        } while (!lineTooLong && isEmpty(line));
        start();
        State state = lineTooLong ? State.PLAIN : scan(State.FIELD_START);
        while (state == State.QUOTED && recordStart >= singleLinesUntil && problem.isEmpty()) {
            if (!takeLine()) {
                lose("invalid_csv", UNCLOSED); // at the end of the file
                return holdsRecords() ? readAgain() : bytes.failure().isEmpty();
            }
            append();
            state = scan(State.QUOTED);
            if (problem.isPresent()) {
                return skipOrReadAgain(state);
            }
        }
        if (state == State.BROKEN || state == State.QUOTED) {
            lose("invalid_csv", UNCLOSED);
            return readAgain();
        }
        return true;
    }

    private static boolean isEmpty(byte[] line) {
        return line.length == 0 || (line.length == 1 && line[0] == '\r');
    }

    private void start() {
        problem = Optional.empty();
        recordStart = lineStart;
        record.reset();
        record.writeBytes(line);
        firstLineBytes = line.length + 1;
        if (lineTooLong) {
            lose("record_too_large", "longer than max-record-bytes");
        }
    }

    private void append() {
        if (lineTooLong || record.size() + 1L + line.length > limit) {
            lose("record_too_large", "longer than max-record-bytes");
        } else {
            record.write('\n');
            record.writeBytes(line);
        }
    }

    private void lose(String reason, String cause) {
        problem = Optional.of(new BadRecord(reason, cause));
    }

    /** Over the limit, within quotes: the line at hand was not kept. */
    private boolean skipOrReadAgain(State reached) {
        if (holdsRecords() && !lineTooLong) {
            record.write('\n');
            record.writeBytes(line);
            lose("invalid_csv", UNCLOSED);
            return readAgain();
        }
        State state = reached;
        while (state == State.QUOTED && !lineTooLong && takeLine()) {
            state = scan(State.QUOTED);
        }
        return true;
    }

    /** Has all lines of the record but the first read again; true. */
    private boolean readAgain() {
        byte[] lines = record.toByteArray();
        if (firstLineBytes < lines.length) {
            again = Arrays.copyOfRange(lines, firstLineBytes, lines.length);
            againNext = 0;
            againStart = recordStart + firstLineBytes;
            singleLinesUntil = lineStart;
        }
        return true;
    }

    /** Whether most lines of the record after its first have as many fields as a record should. */
    private boolean holdsRecords() {
        if (columns < 2) {
            return false;
        }
        byte[] lines = record.toByteArray();
        int alike = 0;
        int all = 0;
        for (int start = firstLineBytes; start < lines.length; all++) {
            int end = feed(lines, start);
            alike += fields(lines, start, end) == columns ? 1 : 0;
            start = end + 1;
        }
        return 2 * alike > all;
    }

    private int fields(byte[] lines, int start, int end) {
        int fields = 1;
        for (int i = start; i < end; i++) {
            fields += lines[i] == separator ? 1 : 0;
        }
        return fields;
    }

    private static int feed(byte[] lines, int start) {
        int end = start;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean takeLine() {
        lineTooLong = false;
        if (againNext < again.length) {
            int end = feed(again, againNext);
            line = Arrays.copyOfRange(again, againNext, end);
            lineStart = againStart + againNext;
            againNext = end + 1;
            return true;
        }
        lineStart = bytes.position();
        if (!bytes.nextLine(limit)) {
            return false;
        }
        try {
            line = bytes.record();
        } catch (BadRecord tooLong) {
            line = new byte[0];
            lineTooLong = true;
        }
        if (lineStart == 0 && line.length >= MARK.length && Arrays.mismatch(line, MARK) == MARK.length) {
            line = Arrays.copyOfRange(line, MARK.length, line.length);
            lineStart = MARK.length;
        }
        return true;
    }

    /** The state after the line at hand: QUOTED when the record goes on in the next line. */
    private State scan(State before) {
        State state = before;
        for (int i = 0; i < line.length && state != State.BROKEN; i++) {
            state = after(state, line[i], i == line.length - 1);
        }
        return state;
    }

    private State after(State state, byte b, boolean last) {
        return switch (state) {
            case FIELD_START, PLAIN ->
                b == '"' && state == State.FIELD_START
                        ? State.QUOTED
                        : b == separator ? State.FIELD_START : State.PLAIN;
            case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            case QUOTE_IN_QUOTED ->
                b == '"'
                        ? State.QUOTED
                        : b == separator ? State.FIELD_START : b == '\r' && last ? State.PLAIN : State.BROKEN;
            case BROKEN -> State.BROKEN;
        };
    }
}
