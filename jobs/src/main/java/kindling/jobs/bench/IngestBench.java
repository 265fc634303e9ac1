package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import kindling.prep.Document;
import kindling.prep.read.FileReading;
import kindling.prep.read.ReadOptions;
import kindling.prep.read.Sink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast files become documents, without Spark: made ones of every kind, or given ones. */
@Command(
        name = "ingest",
        description = "MB/s and core at which files become documents, beside copying, decoding and decompressing them.")
final class IngestBench implements Bench {
    private static final int MEGABYTE = 1_000_000;

    @Option(names = "--megabytes", description = "How much of each kind is made; default ${DEFAULT-VALUE}.")
    int megabytes = 16;

    @Option(names = "--threads", description = "Measured with one thread and with so many; default: all cores.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--input", paramLabel = "FILE", description = "Measure with this file instead; can be repeated.")
    List<Path> input = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public void check(List<String> problems) {
        if (megabytes < 1 || megabytes > 1000) {
            problems.add("--megabytes must be 1 to 1000 (they are held in memory), got " + megabytes);
        }
        if (threads < 1) {
            problems.add("--threads must be >= 1, got " + threads);
        }
        for (Path file : input) {
            if (!Files.isReadable(file)) {
                problems.add("--input: %s is no file that can be read".formatted(file));
            }
        }
    }

    @Override
    public void run(Figures figures) throws Exception {
        limits(figures);
        for (Sample sample : input.isEmpty() ? Sample.all((long) megabytes * MEGABYTE) : given()) {
            figures.put(sample.kind() + "_1_thread", rate(sample, 1), "MB/s");
            if (threads > 1) {
                figures.put("%s_%d_threads_per_core".formatted(sample.kind(), threads), rate(sample, threads), "MB/s");
            }
        }
    }

    private List<Sample> given() {
        return input.stream()
                .map(file -> {
                    try {
                        byte[] bytes = Files.readAllBytes(file);
                        String name = file.getFileName().toString();
                        return new Sample(name, name, List.of(bytes), bytes.length);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    /** What the machine can do with the same bytes at most. */
    private void limits(Figures figures) throws InterruptedException {
        byte[] text = Sample.all((long) megabytes * MEGABYTE).get(0).files().get(0);
        byte[] packed = Sample.gzip(text);
        byte[] target = new byte[text.length];
        figures.put(
                "limit_memory_copy",
                Rate.megabytesPerSecond(text.length, 1, () -> {
                    System.arraycopy(text, 0, target, 0, text.length);
                    return target;
                }),
                "MB/s");
        figures.put(
                "limit_utf8_decoding", Rate.megabytesPerSecond(text.length, 1, () -> new String(text, UTF_8)), "MB/s");
        figures.put(
                "limit_gunzip",
                Rate.megabytesPerSecond(text.length, 1, () -> {
                    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
                        return in.readNBytes(target, 0, target.length);
                    }
                }),
                "MB/s");
    }

    private static double rate(Sample sample, int threads) throws InterruptedException {
        ReadOptions options = ReadOptions.defaults().withIdentifiedLanguage();
        return Rate.megabytesPerSecond(sample.bytes(), threads, () -> {
            Characters characters = new Characters();
            for (byte[] file : sample.files()) {
                FileReading.read(sample.fileName(), new ByteArrayInputStream(file), options, characters);
            }
            if (characters.read == 0) {
                throw new IllegalStateException("nothing could be read of " + sample.fileName());
            }
            return characters.read;
        });
    }

    /** Takes documents and forgets them, and what is none: a web archive holds requests too. */
    private static final class Characters implements Sink {
        private long read;

        @Override
        public void accept(Document document) {
            read += document.text().length();
        }

        @Override
        public void reject(String id, String reason, String detail) {}
    }
}
