package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of a stream around a position: as many ahead as somebody asks to see at once, and some behind to go back to.
 * Like {@link ByteSource} it never throws: an error ends the bytes and is kept as {@link #failure()}.
 */
final class ByteWindow {
    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8; // the longest array

    private final int behind;
    private final InputStream in;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int start;
    private int end;
    private long position; // of bytes[start]
    private boolean ended;
    private Optional<Failure> failure = Optional.empty();

    /**
     * @param position of the stream's first byte
     * @param behind how many bytes {@link #moveTo} can go back at least
     */
    ByteWindow(InputStream in, long position, int behind) {
        this.in = in;
        this.position = position;
        this.behind = behind;
    }

    /** Begins anew at position 0 with what the stream gives after its end; only the memory is kept. */
    void restart() {
        start = 0;
        end = 0;
        position = 0;
        ended = false;
        failure = Optional.empty();
    }

    /** Whether so many bytes lie ahead; if so, {@link #at} and {@link #array} have them. */
    boolean has(int count) {
        while (end - start < count && fill(count)) {
            // one read after another until enough bytes are there
        }
        return end - start >= count;
    }

    /** How many bytes lie ahead that need not be read any more. */
    int buffered() {
        return end - start;
    }

    /** The byte so far ahead. */
    byte at(int ahead) {
        return bytes[start + ahead];
    }

    /** The array whose elements from {@link #start} are the bytes ahead, until the next call of {@link #has}. */
    byte[] array() {
        return bytes;
    }

    int start() {
        return start;
    }

    long position() {
        return position;
    }

    /** What ended the bytes, if they ended and it was not the end of the stream. */
    Optional<Failure> failure() {
        return failure;
    }

    /** Goes ahead by bytes that {@link #has} has found. */
    void advance(int count) {
        start += count;
        position += count;
    }

    /** Goes ahead; false if the stream ends before. */
    boolean skip(long count) {
        long left = count;
        while (left > 0 && has(1)) {
            int step = (int) Math.min(left, buffered());
            advance(step);
            left -= step;
        }
        return left == 0;
    }

    /** Goes to a position ahead, or back, but never farther back than was agreed. */
    void moveTo(long target) {
        if (target > position) {
            skip(target - position);
        } else {
            int back = (int) Math.min(position - target, Math.min(start, behind));
            start -= back;
            position -= back;
        }
    }

    private boolean fill(int count) {
        if (ended) {
            return false;
        }
        if (end == bytes.length) {
            makeRoom(count);
        }
        try {
            int read = in.read(bytes, end, bytes.length - end);
            ended = read < 0;
            end += Math.max(0, read);
        } catch (IOException e) {
            ended = true;
            failure = Optional.of(Failure.of(e));
        }
        return !ended;
    }

    /** Drops what is no longer needed, or takes a larger array where that would free too little of this one. */
    private void makeRoom(int count) {
        int kept = Math.min(start, behind);
        int from = start - kept;
        byte[] target =
                2L * kept + count > bytes.length ? new byte[(int) Math.min(2L * bytes.length, MOST_BYTES)] : bytes;
        System.arraycopy(bytes, from, target, 0, end - from);
        bytes = target;
        start = kept;
        end -= from;
    }
}
