package kindling.model.checkpoint;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes behind the head of a safetensors file. */
interface TensorData extends Closeable {
    /** Most bytes of one call; a multiple of every dtype's size. */
    int PIECE = 1 << 16;

    /**
     * {@code count} bytes from {@code position} on, little-endian; valid until the next call.
     *
     * @param position from the start of the data
     * @param count at most {@link #PIECE}
     * @throws EOFException when the file ends before
     */
    ByteBuffer at(long position, int count) throws IOException;

    /** @throws IOException when the file goes on behind this position */
    void expectEnd(long position) throws IOException;

    /** Of a stream, read front to back; whoever looks back reads it anew. */
    final class Streamed implements TensorData {
        private final Reopening reopening;
        private final byte[] piece = new byte[PIECE];
        private InputStream in;
        private long position;

        /** Opens the stream once more, at the start of the data. */
        @FunctionalInterface
        interface Reopening {
            InputStream open() throws IOException;
        }

        /** @param in at the start of the data */
        Streamed(InputStream in, Reopening reopening) {
            this.in = in;
            this.reopening = reopening;
        }

        @Override
        public ByteBuffer at(long wanted, int count) throws IOException {
            if (wanted < position) {
                in.close();
                in = reopening.open();
                position = 0;
            }
            in.skipNBytes(wanted - position);
            if (in.readNBytes(piece, 0, count) < count) {
                throw new EOFException();
            }
            position = wanted + count;
            return ByteBuffer.wrap(piece, 0, count).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        @Override
        public void expectEnd(long end) throws IOException {
            in.skipNBytes(Math.max(0, end - position));
            position = Math.max(end, position);
            if (in.read() >= 0) {
                throw Header.refused("bytes follow the last tensor");
            }
        }
    }

    /**
     * Of a local file, in place: nothing is copied before it is asked for, and pages that the system has at hand are not
     * read again.
     *
     * <p>A buffer has at most 2^31 - 1 bytes, so a file is mapped in windows that reach a piece into the next: a piece lies
     * whole in the window that it starts in. They are unmapped when garbage is collected.
     */
    final class Mapped implements TensorData {
        private static final int WINDOW_BITS = 30;

        private final FileChannel channel;
        private final ByteBuffer[] windows;
        private final int windowBits;
        private final long start;
        private final long size;

        /** @param start of the data in the file */
        static Mapped of(FileChannel channel, long start) throws IOException {
            return new Mapped(channel, start, WINDOW_BITS);
        }

        Mapped(FileChannel channel, long start, int windowBits) throws IOException {
            this.channel = channel;
            this.windowBits = windowBits;
            this.start = start;
            this.size = channel.size();
            long window = 1L << windowBits;
            windows = new ByteBuffer[Math.toIntExact((size + window - 1) >> windowBits)];
            for (int i = 0; i < windows.length; i++) {
                long from = i * window;
                windows[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(size - from, window + PIECE))
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        }

        @Override
        public ByteBuffer at(long wanted, int count) throws IOException {
            long position = start + wanted;
            if (position + count > size) {
                throw new EOFException();
            }
            ByteBuffer window = windows[(int) (position >> windowBits)];
            int from = (int) (position & ((1L << windowBits) - 1));
            return window.limit(from + count).position(from);
        }

        @Override
        public void expectEnd(long end) throws IOException {
            if (start + end > size) {
                throw new EOFException();
            }
            if (start + end < size) {
                throw Header.refused("bytes follow the last tensor");
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
