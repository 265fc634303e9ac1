package kindling.prep.token;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where scored data and golden files lie, if this machine has them. */
final class SharedData {
    private SharedData() {}

    /** A file below the folder of the system property {@code kindling.data}; skips the running test where it is absent. */
    static Path file(String relative) {
        Path file =
                Path.of(System.getProperty("kindling.data", "../shared/data")).resolve(relative);
        Assumptions.assumeTrue(Files.isRegularFile(file), "no data at " + file);
        return file;
    }
}
