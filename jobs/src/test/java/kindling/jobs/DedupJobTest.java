package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedupJobTest {
    private static final Path DATA = Path.of(System.getProperty("kindling.data", "../../shared/data"), "dedup");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    @AfterEach
    void fewPartitions() {
        LocalSpark.fewPartitions();
    }

    private CommandLineRun dedup(Path input, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "dedup",
                "--input=" + input,
                "--output=" + work.resolve("out"),
                "--output-format=jsonl",
                "--partitions=2"));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private Path documents(String... lines) throws IOException {
        return Files.write(work.resolve("in.jsonl"), List.of(lines));
    }

    private List<JsonNode> rows(String table) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve("out").resolve(table))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                rows.addAll(rows(file));
            }
        }
        return rows;
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }

    private static Map<String, String> clusters(List<JsonNode> rows) {
        Map<String, String> clusters = new TreeMap<>();
        rows.forEach(
                row -> clusters.put(row.get("id").asText(), row.get("cluster").asText()));
        return clusters;
    }

    private JsonNode report() throws IOException {
        return JSON.readTree(work.resolve("out/_report.json").toFile());
    }

    @ParameterizedTest(name = "{0} at {2}")
    @CsvSource({
        "articles_1000, articles_1000.truth.jsonl, 0.8, 0.92",
        "injected_1000, injected_1000.exact_0.8.jsonl.gz, 0.8, 0.999999",
        "injected_1000, injected_1000.exact_0.5.jsonl.gz, 0.5, 0.999999"
    })
    void clustersAreTheKnownOnes(String documents, String truth, String threshold, String recall) throws IOException {
        assumeTrue(Files.isDirectory(DATA), () -> "no documents at " + DATA);

        CommandLineRun run =
                dedup(DATA.resolve(documents + ".docs.jsonl.gz"), "--threshold=" + threshold, "--recall=" + recall);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(clusters(rows("_clusters"))).isEqualTo(inNameOrder(clusters(rows(DATA.resolve(truth)))));
        assertThat(report().at("/sample_check/recall").asDouble()).isEqualTo(1);
        assertThat(report().at("/sample_check/precision").asDouble()).isEqualTo(1);
    }

    /** The same clusters, each named by its smallest id. */
    private static Map<String, String> inNameOrder(Map<String, String> clusters) {
        Map<String, String> names = new TreeMap<>();
        clusters.forEach((id, cluster) -> names.putIfAbsent(cluster, id)); // in the order of ids
        Map<String, String> renamed = new TreeMap<>();
        clusters.forEach((id, cluster) -> renamed.put(id, names.get(cluster)));
        return renamed;
    }

    @Test
    void tellsOfItsWorkInTheReport() throws IOException {
        Path input = documents(
                "{\"id\":\"a\",\"text\":\"one two three four five six seven\"}",
                "{\"id\":\"b\",\"text\":\"ONE two  three four five six seven\"}",
                "{\"id\":\"c\",\"text\":\"one two three four five six seven, eight nine\"}",
                "{\"id\":\"d\",\"text\":\"quite another text\"}",
                "{\"id\":\"e\",\"text\":\"*** ***\"}",
                "{\"id\":\"f\",\"text\":\"***  ***\"}");

        CommandLineRun run = dedup(input, "--threshold=0.5", "--recall=0.9999", "--keep=longest");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(rows("_clusters").stream().map(JsonNode::toString).sorted())
                .containsExactly(
                        "{\"id\":\"a\",\"cluster\":\"c\",\"kept\":false,\"similarity\":0.6}",
                        "{\"id\":\"b\",\"cluster\":\"c\",\"kept\":false,\"similarity\":0.6}",
                        "{\"id\":\"c\",\"cluster\":\"c\",\"kept\":true,\"similarity\":1.0}",
                        "{\"id\":\"d\",\"cluster\":\"d\",\"kept\":true,\"similarity\":1.0}",
                        "{\"id\":\"e\",\"cluster\":\"f\",\"kept\":false,\"similarity\":1.0}",
                        "{\"id\":\"f\",\"cluster\":\"f\",\"kept\":true,\"similarity\":1.0}");
        JsonNode report = report();
        assertThat(report.at("/clusters").toString())
                .isEqualTo("{\"count\":2,\"documents_in_clusters\":5,\"largest\":3,\"sizes\":{\"2\":1,\"3\":1}}");
        assertThat(report.at("/candidate_pairs").asInt()).isEqualTo(1);
        assertThat(report.at("/verified_pairs").asInt()).isEqualTo(1);
        assertThat(report.at("/tasks/shuffle_bytes_written").asLong()).isPositive();
        assertThat(report.at("/tasks/shuffle_bytes_read").asLong()).isPositive();
        assertThat(report.at("/sample_check/documents").asInt()).isEqualTo(6);
    }

    @Test
    void namesEveryMistakeInItsOptions() {
        CommandLineRun run = CommandLineRun.withoutSpark(
                "dedup",
                "--input=" + work,
                "--output=" + work.resolve("out"),
                "--method=exact,simhash",
                "--threshold=0",
                "--recall=1",
                "--bands=0",
                "--keep=last");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("--method is a list of")
                .contains("got simhash")
                .contains("--threshold must be in (0, 1], got 0.0")
                .contains("--recall must be between 0 and 1, got 1.0")
                .contains("--bands must be >= 1, got 0")
                .contains("--keep is first or longest, got last");
    }
}
