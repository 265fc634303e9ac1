package kindling.prep.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidates by bands, verified by exact similarity, against sets whose duplicates are known. */
class NearDuplicatesTest {
    private static final Path DATA = Path.of(System.getProperty("kindling.data", "../../shared/data"), "dedup");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double THRESHOLD = 0.8;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "articles_100.docs.jsonl.gz, articles_100.truth.jsonl, 1.0",
        "articles_1000.docs.jsonl.gz, articles_1000.truth.jsonl, 1.0",
        "injected_1000.docs.jsonl.gz, injected_1000.exact_0.8.jsonl.gz, 0.95"
    })
    void findsTheKnownPairs(String documents, String truth, double recall) throws IOException {
        assumeTrue(Files.isDirectory(DATA), () -> "no documents at " + DATA);
        Map<String, String> clusters = clusters(truth);

        Set<Set<String>> found = pairs(texts(documents));

        assertThat(found)
                .allMatch(pair -> pair.stream().map(clusters::get).distinct().count() == 1);
        Set<Set<String>> known = knownPairs(documents, clusters);
        long hits = known.stream().filter(found::contains).count();
        assertThat(hits).isGreaterThanOrEqualTo((long) Math.floor(recall * known.size()));
    }

    private static Set<Set<String>> pairs(Map<String, String> texts) {
        MinHash minHash = new MinHash(14, 8, 1);
        Map<String, long[]> shingles = new TreeMap<>();
        Map<Long, List<String>> buckets = new HashMap<>();
        texts.forEach((id, text) -> {
            shingles.put(id, Shingles.of(text, 5));
            for (long key : minHash.bandKeys(minHash.signature(shingles.get(id)))) {
                buckets.computeIfAbsent(key, unused -> new ArrayList<>()).add(id);
            }
        });
        Set<Set<String>> pairs = new HashSet<>();
        for (List<String> bucket : buckets.values()) {
            addSimilar(bucket, shingles, pairs);
        }
        return pairs;
    }

    private static void addSimilar(List<String> bucket, Map<String, long[]> shingles, Set<Set<String>> pairs) {
        for (String a : bucket) {
            for (String b : bucket) {
                if (a.compareTo(b) < 0 && Shingles.jaccard(shingles.get(a), shingles.get(b)) >= THRESHOLD) {
                    pairs.add(Set.of(a, b));
                }
            }
        }
    }

    /** Pairs of one cluster that are similar enough themselves, and not only through a third document. */
    private static Set<Set<String>> knownPairs(String documents, Map<String, String> clusters) throws IOException {
        Map<String, List<String>> members = new TreeMap<>();
        clusters.forEach((id, cluster) ->
                members.computeIfAbsent(cluster, unused -> new ArrayList<>()).add(id));
        Map<String, long[]> shingles = new TreeMap<>();
        texts(documents).forEach((id, text) -> shingles.put(id, Shingles.of(text, 5)));
        Set<Set<String>> pairs = new HashSet<>();
        for (List<String> cluster : members.values()) {
            addSimilar(cluster, shingles, pairs);
        }
        return pairs;
    }

    private static Map<String, String> texts(String file) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (JsonNode row : rows(file)) {
            texts.put(row.get("id").asText(), row.get("text").asText());
        }
        return texts;
    }

    private static Map<String, String> clusters(String file) throws IOException {
        Map<String, String> clusters = new TreeMap<>();
        for (JsonNode row : rows(file)) {
            clusters.put(row.get("id").asText(), row.get("cluster").asText());
        }
        return clusters;
    }

    private static List<JsonNode> rows(String file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (InputStream in = Files.newInputStream(DATA.resolve(file));
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(file.endsWith(".gz") ? new GZIPInputStream(in) : in, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(JSON.readTree(line));
            }
        }
        return rows;
    }
}
