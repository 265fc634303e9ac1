package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact spans on published test sets: no lower than the bounds that were reached before. */
class PiiGoldenTest {
    private static final Map<String, String> TYPES = Map.of(
            "EMAIL_ADDRESS",
            "EMAIL",
            "PHONE_NUMBER",
            "PHONE",
            "PHONE",
            "PHONE",
            "IP_ADDRESS",
            "IP",
            "CREDIT_CARD",
            "CREDIT_CARD",
            "IBAN_CODE",
            "IBAN",
            "DOMAIN_NAME",
            "URL",
            "URL",
            "URL");

    private int hits;
    private int predicted;
    private int expected;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "synth_v2.jsonl.gz,      EMAIL,       1.00, 1.00",
        "synth_v2.jsonl.gz,      IBAN,        1.00, 1.00",
        "synth_v2.jsonl.gz,      IP,          1.00, 1.00",
        "synth_v2.jsonl.gz,      CREDIT_CARD, 1.00, 1.00",
        "synth_v2.jsonl.gz,      PHONE,       0.98, 0.97",
        "synth_v2.jsonl.gz,      URL,         1.00, 1.00",
        "recognizer_cases.jsonl, EMAIL,       1.00, 1.00",
        "recognizer_cases.jsonl, IBAN,        1.00, 1.00",
        "recognizer_cases.jsonl, IP,          1.00, 1.00",
        "recognizer_cases.jsonl, CREDIT_CARD, 1.00, 1.00",
        "recognizer_cases.jsonl, PHONE,       1.00, 0.91",
        "recognizer_cases.jsonl, URL,         1.00, 1.00",
        "lifebench.jsonl.gz,     PHONE,       1.00, 0.93",
        "phone_cases_en.jsonl,   PHONE,       0.99, 0.96",
    })
    void keepsPrecisionAndRecall(String file, String type, double precision, double recall) throws IOException {
        Redactor redactor = new Redactor(RedactorConfig.tags().withEntities(Set.of(type)));
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader rows = rows(file)) {
            for (String line = rows.readLine(); line != null; line = rows.readLine()) {
                count(json.readTree(line), type, redactor);
            }
        }

        assertThat(hits / (double) predicted).as("precision").isGreaterThanOrEqualTo(precision);
        assertThat(hits / (double) expected).as("recall").isGreaterThanOrEqualTo(recall);
    }

    private void count(JsonNode row, String type, Redactor redactor) {
        String only = TYPES.getOrDefault(row.path("entity").asText(), "");
        if (row.has("entity") && !only.equals(type)) {
            return;
        }
        Set<List<Integer>> gold = new HashSet<>();
        for (JsonNode span : row.get("spans")) {
            if (span.isArray()) {
                gold.add(List.of(span.get(0).asInt(), span.get(1).asInt()));
            } else if (type.equals(TYPES.get(span.get("type").asText()))) {
                gold.add(List.of(span.get("start").asInt(), span.get("end").asInt()));
            }
        }
        expected += gold.size();
        for (Finding finding : redactor.redact(row.get("text").asText()).findings()) {
            predicted++;
            hits += gold.contains(List.of(finding.start(), finding.end())) ? 1 : 0;
        }
    }

    private static BufferedReader rows(String name) throws IOException {
        Path file = Path.of(System.getProperty("kindling.data", "../shared/data"), "pii", name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "no data at " + file);
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(
                new InputStreamReader(name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }
}
