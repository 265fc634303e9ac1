package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;

/** A file where it is stored: its bytes, from any offset. */
@FunctionalInterface
public interface StoredFile {
    /** @param offset in bytes, 0 to the file's size */
    InputStream from(long offset) throws IOException;
}
