package kindling.prep.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact spans on published test sets, names and addresses together: no lower than the bounds that were reached before. */
class NamesGoldenTest {
    private static final Map<String, String> TYPES = Map.of(
            "PERSON", "PERSON",
            "ORG", "ORG",
            "ORGANIZATION", "ORG",
            "LOCATION", "LOCATION",
            "GPE", "LOCATION",
            "STREET_ADDRESS", "LOCATION",
            "ADDRESS", "LOCATION",
            "ZIP_CODE", "LOCATION");

    private final NameFinder names = new NameFinder();
    private int hits;
    private int predicted;
    private int expected;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"synth_v2.jsonl.gz, 0.89", "lifebench.jsonl.gz, 0.59"})
    void keepsF2(String file, double bound) throws IOException {
        Path path = Path.of(System.getProperty("kindling.data", "../shared/data"), "pii", file);
        Assumptions.assumeTrue(Files.isRegularFile(path), "no data at " + path);
        ObjectMapper json = new ObjectMapper();

        try (BufferedReader rows = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            for (String line = rows.readLine(); line != null; line = rows.readLine()) {
                count(json.readTree(line));
            }
        }

        assertThat(5.0 * hits / (4.0 * expected + predicted)).isGreaterThanOrEqualTo(bound);
    }

    private void count(JsonNode row) {
        Set<String> gold = new TreeSet<>();
        for (JsonNode span : row.get("spans")) {
            String type = TYPES.get(span.get("type").asText());
            if (type != null) {
                gold.add(type + " " + span.get("start").asInt() + " "
                        + span.get("end").asInt());
            }
        }
        Set<String> found = new TreeSet<>();
        String text = row.get("text").asText();
        names.find(
                text,
                (type, start, end, score) -> found.add(TYPES.get(type.name()) + " " + text.codePointCount(0, start)
                        + " " + text.codePointCount(0, end)));
        expected += gold.size();
        predicted += found.size();
        found.retainAll(gold);
        hits += found.size();
    }
}
