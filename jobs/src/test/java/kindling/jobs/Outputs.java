package kindling.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run left behind, to compare it with another. */
public final class Outputs {
    private static final List<String> WITH_TIMES =
            List.of("_report.json", "_report.html", "report.html", "train.jsonl");

    private Outputs() {}

    /** Digest of every file below a folder by its path there, but for those that hold times. */
    public static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !WITH_TIMES.contains(file.getFileName().toString()))
                    .filter(file -> !file.getFileName().toString().endsWith(".crc"))
                    .forEach(file -> digests.put(folder.relativize(file).toString(), digest(file)));
        }
        return digests;
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
