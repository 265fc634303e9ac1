package kindling.prep.read;

import java.io.InputStream;

/** Web archives. */
final class WarcFile {
    private WarcFile() {}

    static boolean accepts(String name, byte[] head) {
        return false;
    }

    static void read(String path, InputStream in, long start, long end, ReadOptions options, Sink sink) {
        new Intake(path, options, sink).reject("", "unsupported_format", "web archives are not read yet");
    }
}
