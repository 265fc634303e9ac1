package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kindling.prep.Document;
import kindling.prep.pii.Redactor;
import kindling.prep.pii.RedactorConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast and how well personal data is found: texts of the user's, texts made to be slow, and texts with known spans, beside a plain UTF-8
 * decoding.
 */
@Command(
        name = "redact",
        description =
                "Personal data: MB/s per core of all types together and of each alone, seconds for hostile texts, precision and recall.")
final class RedactBench implements Bench {
    private static final double MEGA = 1e6;
    private static final double SHORT_WARM_UP_SECONDS = 0.5; // single types: the code is warm already

    private static final int SINGLE_CHARACTERS = 4_000_000; // there are some seventy types

    @Option(names = "--input", paramLabel = "FILE", description = "Text, or JSON lines with a field text; .gz or not.")
    Path input;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of a second run; default ${DEFAULT-VALUE}.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--entities",
            split = ",",
            paramLabel = "LIST",
            description = "Types to look for: patterns (default), all, or names of types.")
    Set<String> entities = Set.of(RedactorConfig.PATTERNS);

    @Option(
            names = "--gold",
            split = ",",
            paramLabel = "FILES",
            description =
                    "JSON lines {id, text, spans} with known spans: precision, recall, F1 and F2 of exact spans by type.")
    List<Path> gold = List.of();

    @Option(
            names = "--hostile-megabytes",
            paramLabel = "N",
            description = "Length of each hostile text; 0 for none; default ${DEFAULT-VALUE}.")
    int hostileMegabytes = 10;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public void check(List<String> problems) {
        if (threads < 1) {
            problems.add("--threads must be >= 1, got " + threads);
        }
        if (hostileMegabytes < 0 || hostileMegabytes > 100) {
            problems.add("--hostile-megabytes must be 0 to 100, got " + hostileMegabytes);
        }
        for (Path file : gold) {
            if (!Files.isReadable(file)) {
                problems.add("--gold: %s is no file that can be read".formatted(file));
            }
        }
        try {
            redactor(entities);
        } catch (IllegalArgumentException e) {
            problems.add("--entities: " + e.getMessage());
        }
    }

    @Override
    public void run(Figures figures) throws Exception {
        Redactor redactor = redactor(entities);
        for (Path file : gold) {
            quality(redactor, file, figures);
        }
        speed(redactor, figures);
        for (HostileText text : hostileMegabytes == 0 ? List.<HostileText>of() : HostileText.all()) {
            String hostile = text.ofCharacters(hostileMegabytes * (int) MEGA);
            long start = System.nanoTime();
            redactor.redact(hostile);
            figures.put("hostile_" + text.name(), (System.nanoTime() - start) / 1e9, "s");
        }
    }

    private static void quality(Redactor redactor, Path file, Figures figures) throws IOException {
        RedactQuality quality = new RedactQuality(redactor);
        quality.read(file);
        String name = file.getFileName().toString().replaceAll("\\.jsonl(\\.gz)?$", "");
        quality.figures().forEach((type, figure) -> {
            String prefix = name + "_" + type + "_";
            figures.put(prefix + "precision", figure.precision(), "of 1");
            figures.put(prefix + "recall", figure.recall(), "of 1");
            figures.put(prefix + "F1", figure.f(1), "of 1");
            figures.put(prefix + "F2", figure.f(2), "of 1");
        });
    }

    private void speed(Redactor redactor, Figures figures) throws IOException, InterruptedException {
        List<String> texts = Texts.read(input).stream().map(Document::text).toList();
        List<byte[]> encoded = texts.stream().map(text -> text.getBytes(UTF_8)).toList();
        long bytes = encoded.stream().mapToLong(text -> text.length).sum();
        figures.put("input", bytes / MEGA, "MB");
        figures.put("limit_utf8_decoding", Rate.megabytesPerSecond(bytes, 1, () -> Texts.decode(encoded)), "MB/s");
        figures.put("all_1_thread", Rate.megabytesPerSecond(bytes, 1, () -> redact(redactor, texts)), "MB/s");
        if (threads > 1) {
            double rate = Rate.megabytesPerSecond(bytes, threads, () -> redact(redactor, texts));
            figures.put("all_%d_threads_per_core".formatted(threads), rate, "MB/s");
        }
        singleTypes(redactor.types(), some(texts), figures);
    }

    private static void singleTypes(Set<String> types, List<String> texts, Figures figures)
            throws InterruptedException {
        long bytes =
                texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
        for (String type : new TreeSet<>(types)) {
            Redactor single = redactor(Set.of(type));
            double rate = Rate.megabytesPerSecond(bytes, 1, SHORT_WARM_UP_SECONDS, () -> redact(single, texts));
            figures.put(type, rate, "MB/s");
        }
    }

    /** As many of the first texts as have enough characters, and one at least. */
    private static List<String> some(List<String> texts) {
        int count = 0;
        for (int characters = 0; count < texts.size() && characters < SINGLE_CHARACTERS; count++) {
            characters += texts.get(count).length();
        }
        return texts.subList(0, count);
    }

    private static Redactor redactor(Set<String> entities) {
        return new Redactor(RedactorConfig.tags().withEntities(entities));
    }

    private static long redact(Redactor redactor, List<String> texts) {
        long findings = 0;
        for (String text : texts) {
            findings += redactor.redact(text).findings().size();
        }
        return findings;
    }
}
