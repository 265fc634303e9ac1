package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The entries of an archive, from front to back. */
interface Entries extends AutoCloseable {
    /**
     * The next entry, or nothing after the last. What was not read of the one before is passed over.
     *
     * @throws IOException for damage between two entries; calling again goes on behind it
     */
    Optional<Entry> next() throws IOException;

    @Override
    default void close() {}

    /**
     * One entry.
     *
     * @param refused why it is not read, if it is not
     * @param content its bytes, uncompressed
     */
    record Entry(String name, boolean isFolder, Optional<Failure> refused, InputStream content) {
        static Entry refused(String name, String reason, String cause) {
            return new Entry(name, false, Optional.of(new Failure(reason, cause)), InputStream.nullInputStream());
        }
    }
}
