package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of one file, archive entry or part of a file, up to where they can be read. It never throws: an error ends
 * the bytes and is kept as {@link #failure()}, after everything that came before it was delivered.
 */
final class ByteSource {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FIRST_RECORD_BYTES = 1 << 13;

    private final InputStream in;
    private final Budget budget;
    private final long until;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long consumed; // offset of buffer[start]
    private boolean ended;
    private Optional<Failure> failure = Optional.empty();

    private byte[] record = new byte[FIRST_RECORD_BYTES];
    private long recordStart;
    private int recordBytes;
    private boolean recordCut;

    ByteSource(InputStream in, Budget budget) {
        this(in, budget, 0, Long.MAX_VALUE);
    }

    /**
     * A part of a file.
     *
     * @param position of the first byte in the file
     * @param until no line is taken that starts here or later
     */
    ByteSource(InputStream in, Budget budget, long position, long until) {
        this.in = in;
        this.budget = budget;
        this.consumed = position;
        this.until = until;
    }

    /** The first bytes not yet taken, up to as many as asked for, without taking them. */
    byte[] peek(int bytes) {
        buffered(bytes);
        return Arrays.copyOfRange(buffer, start, Math.min(end, start + bytes));
    }

    /** Whether no more than so many bytes are left; as many are then held in memory. */
    boolean atMost(long bytes) {
        return buffered((int) Math.min(bytes + 1, Integer.MAX_VALUE - 8)) <= bytes;
    }

    private int buffered(int bytes) {
        while (end - start < bytes && fill(bytes)) {
            // one read after another until enough bytes are buffered
        }
        return end - start;
    }

    /** The offset of the next byte. */
    long position() {
        return consumed;
    }

    /** What ended the bytes, if it was not the end of the file. */
    Optional<Failure> failure() {
        return failure;
    }

    /** Whether nothing is left to be taken. */
    boolean isEmpty() {
        return start == end && !fill(1);
    }

    /** Takes as many bytes as there are, up to a number, and drops them. */
    void skip(long bytes) {
        for (long left = bytes; left > 0 && !isEmpty(); ) {
            int count = (int) Math.min(left, end - start);
            advance(count);
            left -= count;
        }
    }

    /** Takes bytes up to the next line feed or the end as {@link #record()}. */
    boolean nextLine(long limit) {
        return nextLine(limit, TextForm.BYTES);
    }

    /**
     * Takes bytes up to the next line feed or the end as {@link #record()}. Of a line over the limit no more is read
     * than needed to know that, and where the next one in this part starts.
     *
     * @return false when no further line starts in this part, or only the beginning of one that a failure cut off
     */
    boolean nextLine(long limit, TextForm form) {
        startRecord();
        boolean any = false;
        while (consumed < until || (any && !recordCut)) {
            if (buffered(form.unitBytes()) == 0) {
                return any && failure.isEmpty();
            }
            any = true;
            int feed = form.lineFeed(buffer, start, end);
            if (feed >= 0) {
                append(feed, limit);
                advance(form.unitBytes());
                return true;
            }
            append(lastWholeUnit(form.unitBytes()), limit);
        }
        return any;
    }

    private int lastWholeUnit(int unitBytes) {
        int rest = (end - start) % unitBytes;
        return rest == end - start ? end : end - rest;
    }

    /** Takes all bytes that are left as {@link #record()}. */
    void rest(long limit) {
        startRecord();
        while (!isEmpty()) {
            append(end, limit);
        }
    }

    /**
     * The bytes taken last, without the line feed.
     *
     * @throws BadRecord {@code record_too_large} if they were more than the limit; what was over it was not kept
     */
    byte[] record() throws BadRecord {
        if (recordCut) {
            throw new BadRecord("record_too_large", "longer than max-record-bytes");
        }
        return Arrays.copyOf(record, recordBytes);
    }

    /** The offset of the record taken last. */
    long recordStart() {
        return recordStart;
    }

    /**
     * Has a decompressor turn what comes next into bytes, and takes what it needs for that.
     *
     * @return how many, or -1 when the compressed data is at its end
     * @throws Failure.Passed when the data is damaged, or this source ends before it
     */
    int inflate(Inflater inflater, byte[] target, int offset, int length) throws IOException {
        try {
            while (!inflater.finished()) {
                if (isEmpty()) {
                    throw cut();
                }
                int fed = end - start;
                inflater.setInput(buffer, start, fed);
                int count = inflater.inflate(target, offset, length);
                advance(fed - inflater.getRemaining());
                if (count > 0) {
                    return count;
                }
                if (inflater.needsDictionary()) {
                    throw new Failure.Passed(Failure.CORRUPT);
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new Failure.Passed(Failure.CORRUPT);
        }
    }

    /** What to say where bytes are missing. */
    Failure.Passed cut() {
        return new Failure.Passed(failure.orElse(Failure.TRUNCATED));
    }

    /** The same bytes for a decompressor, which needs to see the errors. */
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (isEmpty()) {
                    return atEnd();
                }
                int value = buffer[start] & 0xFF;
                advance(1);
                return value;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length > 0 && isEmpty()) {
                    return atEnd();
                }
                int count = Math.min(length, end - start);
                System.arraycopy(buffer, start, target, offset, count);
                advance(count);
                return count;
            }

            @Override
            public int available() {
                return end - start;
            }
        };
    }

    private int atEnd() throws IOException {
        if (failure.isPresent()) {
            throw new Failure.Passed(failure.get());
        }
        return -1;
    }

    private void startRecord() {
        recordStart = consumed;
        recordBytes = 0;
        recordCut = false;
    }

    private void append(int to, long limit) {
        int count = to - start;
        recordCut |= recordBytes + (long) count > limit;
        if (!recordCut) {
            if (recordBytes + count > record.length) {
                record =
                        Arrays.copyOf(record, (int) Math.min(limit, Math.max(2L * record.length, recordBytes + count)));
            }
            System.arraycopy(buffer, start, record, recordBytes, count);
            recordBytes += count;
        }
        advance(count);
    }

    private void advance(int count) {
        start += count;
        consumed += count;
    }

    /** Reads once more, into a buffer with room for so many bytes; false when nothing comes any more. */
    private boolean fill(int bytes) {
        if (ended) {
            return false;
        }
        makeRoom(bytes);
        try {
            int count = in.read(buffer, end, budget.ask(buffer.length - end));
            if (count < 0) {
                ended = true;
            } else if (budget.take(count)) {
                end += count;
            } else {
                fail(Failure.TOO_LARGE);
            }
        } catch (IOException
                | RuntimeException e) { // damaged data makes some decompressors throw what they do not declare
            fail(Failure.of(e));
        }
        return !ended;
    }

    private void makeRoom(int bytes) {
        boolean full = end - start == buffer.length;
        byte[] target = full ? new byte[(int) Math.min(bytes, 2L * buffer.length)] : buffer;
        if (start > 0 || target != buffer) {
            System.arraycopy(buffer, start, target, 0, end - start);
            end -= start;
            start = 0;
            buffer = target;
        }
    }

    private void fail(Failure cause) {
        ended = true;
        failure = Optional.of(cause);
    }
}
