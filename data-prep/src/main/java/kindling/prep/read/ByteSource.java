package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of one file or archive entry, up to where they can be read. It never throws: an error ends the bytes and is
 * kept as {@link #failure()}, after everything that came before it was delivered.
 */
final class ByteSource {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FIRST_RECORD_BYTES = 1 << 13;

    private final InputStream in;
    private final Budget budget;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long consumed; // bytes before buffer[start]
    private boolean ended;
    private Optional<Failure> failure = Optional.empty();

    private byte[] record = new byte[FIRST_RECORD_BYTES];
    private int recordBytes;
    private boolean recordCut;

    ByteSource(InputStream in, Budget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** The first bytes not yet taken, up to as many as asked for, without taking them. */
    byte[] peek(int bytes) {
        while (end - start < bytes && fill()) {
            // one read after another until enough bytes are buffered
        }
        return Arrays.copyOfRange(buffer, start, Math.min(end, start + bytes));
    }

    /** How many bytes were taken so far. */
    long position() {
        return consumed;
    }

    /** What ended the bytes, if it was not the end of the file. */
    Optional<Failure> failure() {
        return failure;
    }

    /**
     * Takes bytes up to the next line feed or the end as {@link #record()}.
     *
     * @return false when there is nothing left, or only the beginning of a line that a failure cut off
     */
    boolean nextLine(long limit) {
        startRecord();
        boolean any = false;
        while (start < end || fill()) {
            any = true;
            int feed = start;
            while (feed < end && buffer[feed] != '\n') {
                feed++;
            }
            append(feed, limit);
            if (feed < end) {
                advance(1);
                return true;
            }
        }
        return any && failure.isEmpty();
    }

    /** Takes all bytes that are left as {@link #record()}. */
    void rest(long limit) {
        startRecord();
        while (start < end || fill()) {
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

    /** The same bytes for a decompressor, which needs to see the errors. */
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (start == end && length > 0 && !fill()) {
                    return end();
                }
                int count = Math.min(length, end - start);
                System.arraycopy(buffer, start, target, offset, count);
                advance(count);
                return count;
            }

            /** Not 0 before the end: GZIPInputStream takes 0 for the end of a file of several members. */
            @Override
            public int available() {
                return start < end || fill() ? end - start : 0;
            }
        };
    }

    private int end() throws IOException {
        if (failure.isPresent()) {
            throw new Failure.Passed(failure.get());
        }
        return -1;
    }

    private void startRecord() {
        recordBytes = 0;
        recordCut = false;
    }

    private void append(int until, long limit) {
        int count = until - start;
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

    /** Reads once more; false when nothing comes any more or the buffer is full. */
    private boolean fill() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (ended || end == buffer.length) {
            return false;
        }
        try {
            int count = in.read(buffer, end, budget.ask(buffer.length - end));
            if (count < 0) {
                ended = true;
            } else if (budget.take(count)) {
                end += count;
            } else {
                fail(Failure.TOO_LARGE);
            }
        } catch (IOException e) {
            fail(Failure.of(e));
        }
        return !ended;
    }

    private void fail(Failure cause) {
        ended = true;
        failure = Optional.of(cause);
    }
}
