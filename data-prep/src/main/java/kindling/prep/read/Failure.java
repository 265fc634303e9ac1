package kindling.prep.read;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** Why the bytes of a file ended before the file did. */
record Failure(String reason, String cause) {
    static final Failure TOO_LARGE = new Failure("too_large", "decompresses to more than max-file-bytes");
    static final Failure TRUNCATED = new Failure("truncated", "the compressed data ends too early");
    static final Failure CORRUPT =
            new Failure("corrupt", "the compressed data is damaged, encrypted or of another kind");

    /** Tells the layer above, which sees only streams, what happened in the layer below. */
    static final class Passed extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Failure failure;

        Passed(Failure failure) {
            super(failure.cause());
            this.failure = failure;
        }
    }

    /** Of other errors only the type is told: a message may quote anything. */
    static Failure of(Exception e) {
        if (e instanceof Passed passed) {
            return passed.failure;
        }
        if (e instanceof EOFException) {
            return TRUNCATED;
        }
        return e instanceof ZipException
                ? CORRUPT
                : new Failure("unreadable", e.getClass().getSimpleName());
    }
}
