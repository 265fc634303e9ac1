package kindling.jobs.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher on corpora that a few tests cannot have: 10,000 documents on an executor with a heap of 600 MB, whose clusters must be
 * those of comparing all pairs exactly; one document copied 100,000 times. Minutes, so only {@code mvn -Pslow verify} runs it.
 */
@Tag("slow")
class DedupAtScaleIT {
    private static final Path HOME = Path.of(System.getProperty("kindling.home"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DOCUMENTS = 10_000;
    private static final int COPIES = 100_000;
    private static final double THRESHOLD = 0.8;
    private static final int NGRAM = 5;
    private static final int VOCABULARY = 5_000;
    private static final double[] CHANGED = {0, 0.005, 0.01, 0.02, 0.03, 0.05}; // similarities from 1 to 0.6
    private static final long DEADLINE_MINUTES = 5;
    private static final List<String> MANY_BANDS = List.of("--recall=0.999999", "--threshold=" + THRESHOLD);

    @TempDir
    static Path folder;

    private static final List<String> texts = new ArrayList<>();
    private static Map<String, String> clusters;

    @BeforeAll
    static void runsOnAnExecutorOf600Megabytes() throws Exception {
        for (int i = 0; i < DOCUMENTS; i++) {
            texts.add(text(i));
        }
        write("in", DOCUMENTS, texts::get);
        clusters = clusters(dedup("in", "600m", "local-cluster[1,2,600]", MANY_BANDS));
    }

    /** Seven originals of ten, and three texts that differ from an earlier one in some words. */
    private static String text(int number) {
        Random random = new Random(number);
        if (number % 10 < 7) {
            StringBuilder text = new StringBuilder();
            for (int words = 100 + random.nextInt(300); words > 0; words--) {
                text.append('w')
                        .append((int) Math.pow(VOCABULARY, random.nextDouble()))
                        .append(' ');
            }
            return text.toString();
        }
        String[] words = texts.get(random.nextInt(number)).split(" ");
        double share = CHANGED[random.nextInt(CHANGED.length)];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextDouble() < share ? "x" + random.nextInt(VOCABULARY) : words[i];
        }
        return String.join(" ", words);
    }

    private static String id(int number) {
        return "%06d".formatted(number);
    }

    private static void write(String name, int count, IntFunction<String> text) throws IOException {
        Path file = Files.createDirectories(folder.resolve(name)).resolve("a.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write("{\"id\":\"" + id(i) + "\",\"text\":\"" + text.apply(i) + "\"}\n");
            }
        }
    }

    private static Path dedup(String input, String memory, String master, List<String> options) throws Exception {
        Path output = Files.createTempDirectory(folder, "out");
        List<String> command = new ArrayList<>(List.of(
                HOME.resolve("bin/kindling").toString(),
                "dedup",
                "--master",
                master,
                "--executor-memory",
                memory,
                "--driver-memory",
                memory.equals("600m") ? "1g" : memory,
                "--input=" + folder.resolve(input),
                "--output=" + output.resolve("documents"),
                "--output-format=jsonl"));
        command.addAll(options);
        Path log = output.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("SPARK_HOME");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(log)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return output.resolve("documents");
    }

    private static JsonNode report(Path output) throws IOException {
        return JSON.readTree(output.resolve("_report.json").toFile());
    }

    private static Map<String, String> clusters(Path output) throws IOException {
        Map<String, String> clusters = new TreeMap<>();
        try (Stream<Path> files = Files.list(output.resolve("_clusters"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = JSON.readTree(line);
                    clusters.put(row.get("id").asText(), row.get("cluster").asText());
                }
            }
        }
        return clusters;
    }

    @Test
    void clustersAreThoseOfComparingAllPairsExactly() {
        List<Set<String>> sets = texts.stream().map(DedupAtScaleIT::windows).toList();
        Map<String, List<Integer>> index = new HashMap<>();
        UnionFind<String> exact = new UnionFind<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            exact.root(id(i));
            Map<Integer, Integer> shared = new HashMap<>();
            for (String window : sets.get(i)) {
                List<Integer> earlier = index.computeIfAbsent(window, unused -> new ArrayList<>());
                earlier.forEach(j -> shared.merge(j, 1, Integer::sum));
                earlier.add(i);
            }
            int size = sets.get(i).size();
            int number = i;
            shared.forEach((j, common) -> {
                if ((double) common / (size + sets.get(j).size() - common) >= THRESHOLD) {
                    exact.join(id(j), id(number));
                }
            });
        }

        assertThat(clusters).isEqualTo(exact.labels());
        assertThat(new HashSet<>(clusters.values())).hasSizeLessThan(DOCUMENTS - 1000);
    }

    private static Set<String> windows(String text) {
        List<String> words = List.of(text.strip().split(" "));
        Set<String> windows = new HashSet<>();
        for (int start = 0; start + NGRAM <= words.size(); start++) {
            windows.add(String.join(" ", words.subList(start, start + NGRAM)));
        }
        return windows;
    }

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 2, 200})
    void clustersDoNotDependOnPartitions(int partitions) throws Exception {
        List<String> options = new ArrayList<>(MANY_BANDS);
        options.add("--partitions=" + partitions);

        assertThat(clusters(dedup("in", "2g", "local[2]", options))).isEqualTo(clusters);
    }

    @Test
    void oneDocumentCopiedManyTimesIsOneDocument() throws Exception {
        String text = texts.get(0);
        write("copies", COPIES, i -> text);

        JsonNode report = report(dedup("copies", "1g", "local[2]", List.of()));

        assertThat(report.get("rows_out").asInt()).isEqualTo(1);
        assertThat(report.get("candidate_pairs").asInt()).isZero();
        assertThat(report.get("clusters").get("largest").asInt()).isEqualTo(COPIES);
    }

    @Test
    void copiesThatDifferInOneWordEachAreComparedALinearNumberOfTimes() throws Exception {
        String[] words = texts.get(0).split(" ");
        write("near", COPIES, i -> {
            String[] changed = words.clone();
            changed[i % changed.length] = "x" + i;
            return String.join(" ", changed);
        });

        JsonNode report = report(dedup("near", "2g", "local[2]", List.of()));

        assertThat(report.get("rows_out").asInt()).isEqualTo(1);
        assertThat(report.get("skipped_pairs").asInt()).isZero();
        assertThat(report.get("candidate_pairs").asInt()).isBetween(COPIES - 1, 14 * COPIES);
    }
}
