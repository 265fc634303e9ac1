package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.Main;
import kindling.jobs.io.Report;
import kindling.prep.dedup.MinHash;
import kindling.prep.dedup.Shingles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast signatures are made beside what the machine can do, and what the job takes on so many documents, end to end. */
@Command(
        name = "dedup",
        description = {
            "Signatures: MB/s per core (UTF-8 bytes of text), beside copying, decoding and SHA-256 of the same bytes.",
            "Then the real job on invented documents of 2 kB, three in ten copies with words changed, in this process."
        })
final class DedupBench implements Bench {
    private static final int SAMPLE = 2_000; // documents; 4 MB
    private static final long SEED = 1;
    private static final int NGRAM = 5;
    private static final double MEGA = 1e6;

    @Option(
            names = "--documents",
            split = ",",
            paramLabel = "LIST",
            description = "Sizes of corpora; 0 for none; default 10000.")
    List<Integer> documents = List.of(10_000);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    private final Copies copies = new Copies(SEED);

    @Override
    public void check(List<String> problems) {
        documents.stream()
                .filter(count -> count < 0)
                .forEach(count -> problems.add("--documents must be >= 0, got " + count));
    }

    @Override
    public void run(Figures figures) throws Exception {
        signatures(figures);
        for (int count : documents) {
            if (count > 0) {
                job(count, figures);
            }
        }
    }

    private void signatures(Figures figures) throws Exception {
        List<String> texts = IntStream.range(0, SAMPLE).mapToObj(copies::text).toList();
        List<byte[]> encoded = texts.stream().map(text -> text.getBytes(UTF_8)).toList();
        MinHash minHash = new MinHash(14, 8, SEED);
        rate(figures, "copy", encoded, bytes -> bytes.clone().length);
        rate(figures, "utf8-decode", encoded, bytes -> new String(bytes, UTF_8).length());
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        rate(figures, "sha-256", encoded, bytes -> sha256.digest(bytes)[0]);
        rate(figures, "shingles", encoded, texts, text -> Shingles.of(text, NGRAM).length);
        rate(
                figures,
                "signatures",
                encoded,
                texts,
                text -> minHash.bandKeys(minHash.signature(Shingles.of(text, NGRAM)))[0]);
    }

    /** Work on one document, with a number so that none of it can be left out. */
    private interface Work<T> {
        long on(T document);
    }

    private static void rate(Figures figures, String name, List<byte[]> encoded, Work<byte[]> work)
            throws InterruptedException {
        rate(figures, name, encoded, encoded, work);
    }

    private static <T> void rate(Figures figures, String name, List<byte[]> encoded, List<T> documents, Work<T> work)
            throws InterruptedException {
        long bytes = encoded.stream().mapToLong(text -> text.length).sum();
        Callable<Long> all = () -> {
            long sum = 0;
            for (T document : documents) {
                sum += work.on(document);
            }
            return sum;
        };
        figures.put(name, Rate.megabytesPerSecond(bytes, 1, all), "MB/s per core");
    }

    private void job(int count, Figures figures) throws IOException {
        Path work = Files.createTempDirectory("kindling-bench-dedup");
        try {
            String name = "dedup-" + count;
            long bytes = copies.write(work.resolve("in"), count);
            figures.put(name + "-input", bytes / MEGA, "MB");
            long start = System.nanoTime();
            Main.main(new String[] {"dedup", "--input=" + work.resolve("in"), "--output=" + work.resolve("out")});
            double seconds = (System.nanoTime() - start) / 1e9;
            figures.put(name + "-seconds", seconds, "s");
            figures.put(name + "-rate", count / seconds, "documents/s");
            report(name, work.resolve("out"), figures);
        } finally {
            delete(work);
        }
    }

    private static void report(String name, Path output, Figures figures) {
        JsonNode report =
                Report.in(new org.apache.hadoop.fs.Path(output.toUri())).orElseThrow();
        JsonNode check = report.path("sample_check");
        JsonNode tasks = report.path("tasks");
        figures.put(name + "-candidates", report.path("candidate_pairs").asDouble(), "pairs");
        figures.put(name + "-verified", report.path("verified_pairs").asDouble(), "pairs");
        figures.put(name + "-recall", check.path("recall").asDouble(), "of-" + check.path("true_pairs") + "-pairs");
        figures.put(
                name + "-precision",
                check.path("precision").asDouble(),
                "of-" + check.path("clustered_documents") + "-documents");
        figures.put(name + "-shuffled", tasks.path("shuffle_bytes_written").asDouble() / MEGA, "MB");
        figures.put(name + "-peak-heap", tasks.path("peak_executor_heap_bytes").asDouble() / MEGA, "MB");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
