package kindling.prep.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The entries of a zip file, read from front to back; unlike its parent it tells a cut file from a finished one. */
final class ZipEntries extends ZipInputStream {
    private static final int SIGNATURE_BYTES = 4;
    private static final byte[] ENTRY = {'P', 'K', 3, 4};

    ZipEntries(InputStream in) {
        super(in, ISO_8859_1); // for names not marked as UTF-8: every byte has a meaning there
    }

    static boolean startsWith(byte[] head) {
        return head.length >= SIGNATURE_BYTES
                && head[0] == 'P'
                && head[1] == 'K'
                && (isEntry(head) || (head[2] == 5 && head[3] == 6));
    }

    /** The next entry, whose bytes can then be read, or nothing after the last. */
    Optional<ZipEntry> next() throws IOException {
        try {
            closeEntry();
            if (!atEntry()) {
                return Optional.empty();
            }
            ZipEntry entry = getNextEntry();
            if (entry == null) {
                throw new Failure.Passed(Failure.TRUNCATED); // within the entry's header
            }
            return Optional.of(entry);
        } catch (IllegalArgumentException e) {
            throw new Failure.Passed(Failure.CORRUPT); // a name that is marked as UTF-8 and is not
        }
    }

    /** Whether another entry follows and not the directory at the end of the file. */
    private boolean atEntry() throws IOException {
        PushbackInputStream pushback = (PushbackInputStream) in;
        byte[] signature = pushback.readNBytes(SIGNATURE_BYTES);
        pushback.unread(signature);
        if (signature.length < SIGNATURE_BYTES) {
            throw new Failure.Passed(Failure.TRUNCATED);
        }
        if (signature[0] != 'P' || signature[1] != 'K') {
            throw new Failure.Passed(Failure.CORRUPT);
        }
        return isEntry(signature);
    }

    private static boolean isEntry(byte[] signature) {
        return signature[2] == ENTRY[2] && signature[3] == ENTRY[3];
    }
}
