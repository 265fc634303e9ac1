package kindling.model.checkpoint;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kindling.model.checkpoint.Header.Entry;

/**
 * A safetensors file that is open: its head is known to be right, its tensors are read one by one.
 */
final class TensorFile implements Closeable {
    /** Values reserved before any arrive: 16 MiB. */
    private static final int FIRST_VALUES = 1 << 22;

    private final Header header;
    private final TensorData data;

    /** Takes the bytes of some values. */
    @FunctionalInterface
    interface Piece {
        /**
         * @param first index of the first value in its tensor
         * @param little its bytes and those of the values behind it
         * @param count of values
         */
        void add(long first, ByteBuffer little, int count) throws IOException;
    }

    private TensorFile(Header header, TensorData data) {
        this.header = header;
        this.data = data;
    }

    /** A file of this machine, mapped into memory; its length must be what its head says. */
    static TensorFile map(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            Header header = Header.read(Channels.newInputStream(channel), channel.size());
            TensorFile file = new TensorFile(header, TensorData.Mapped.of(channel, channel.position()));
            file.expectEnd();
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A stream that starts with a file's head; its tensors are read in order. Closing this closes it, and nothing else does. */
    static TensorFile read(InputStream in) throws IOException {
        return read(in, () -> {
            throw new IOException("a stream cannot be read twice");
        });
    }

    /** A file that can be opened again, wherever it lies. */
    static TensorFile read(Opening opening) throws IOException {
        InputStream in = opening.open();
        try {
            return read(in, () -> {
                InputStream again = opening.open();
                Header.read(again, Long.MAX_VALUE);
                return again;
            });
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static TensorFile read(InputStream in, TensorData.Streamed.Reopening reopening) throws IOException {
        return new TensorFile(Header.read(in, Long.MAX_VALUE), new TensorData.Streamed(in, reopening));
    }

    /** Opens a file at its start. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /** In the order of their bytes. */
    List<Entry> entries() {
        return header.entries();
    }

    Map<String, String> metadata() {
        return header.metadata();
    }

    /** Hands over all values of a tensor, front to back. */
    void pieces(Entry entry, Piece piece) throws IOException {
        int size = entry.dtype().bytes();
        try {
            for (long at = entry.begin(); at < entry.end(); ) {
                int bytes = (int) Math.min(TensorData.PIECE, entry.end() - at);
                piece.add((at - entry.begin()) / size, data.at(at, bytes), bytes / size);
                at += bytes;
            }
        } catch (EOFException e) {
            throw Header.refused("it ends inside tensor \"" + entry.name() + "\", " + entry.bytes() + " bytes long", e);
        } catch (ArithmeticException e) {
            throw Header.refused("tensor \"" + entry.name() + "\": " + e.getMessage(), e);
        }
    }

    /** Reads a tensor to {@code target[offset ..]}. */
    void read(Entry entry, float[] target, int offset) throws IOException {
        pieces(
                entry,
                (first, little, count) -> entry.dtype().read(little, target, offset + Math.toIntExact(first), count));
    }

    /** The values of a tensor. Memory grows with what arrives. */
    float[] values(Entry entry) throws IOException {
        if (entry.count() > Integer.MAX_VALUE - 8) {
            throw Header.refused("tensor \"" + entry.name() + "\" has " + entry.count() + " values, over 2^31 - 9");
        }
        int size = (int) entry.count();
        float[][] values = {new float[Math.min(size, FIRST_VALUES)]};
        pieces(entry, (first, little, count) -> {
            int filled = (int) first;
            if (filled + count > values[0].length) {
                values[0] = Arrays.copyOf(values[0], (int) Math.min(size, 2L * values[0].length));
            }
            entry.dtype().read(little, values[0], filled, count);
        });
        return values[0];
    }

    /** Skips what is left, and checks that the file ends behind the last tensor. */
    void expectEnd() throws IOException {
        List<Entry> entries = header.entries();
        long end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
        try {
            data.expectEnd(end);
        } catch (EOFException e) {
            throw Header.refused("it ends before its last tensor, whose data ends at byte " + end, e);
        }
    }

    @Override
    public void close() throws IOException {
        data.close();
    }
}
