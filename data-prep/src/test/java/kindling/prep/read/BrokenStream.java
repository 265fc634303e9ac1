package kindling.prep.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A disk that fails. */
final class BrokenStream extends InputStream {
    private BrokenStream() {}

    /** Gives some bytes before. */
    static InputStream after(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new BrokenStream());
    }

    @Override
    public int read() throws IOException {
        throw new IOException("disk on fire");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return read();
    }
}
