package kindling.prep.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
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

    /** A {@code tokenizer.json} of the folder {@code tokenizer}. */
    static Tokenizer tokenizer(String name) throws IOException {
        try (InputStream in = open(file("tokenizer/" + name))) {
            return Tokenizer.read(in);
        }
    }

    /** A vocabulary of tiktoken in the folder {@code tokenizer}. */
    static Tokenizer ranks(String name, String pattern) throws IOException {
        try (InputStream in = open(file("tokenizer/" + name))) {
            return Tokenizer.ofRanks(in, pattern, List.of());
        }
    }

    /** The bytes of a file, unpacked if its name ends with {@code .gz}. */
    static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }
}
