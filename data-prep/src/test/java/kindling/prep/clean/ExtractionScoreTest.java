package kindling.prep.clean;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The article-extraction-benchmark's own measure: precision and recall of four-word windows, means over pages. The rules
 * were written with the errors on these pages in view, so the figure guards against losses; what other pages get is less.
 */
class ExtractionScoreTest {
    private static final Path PAGES = Path.of(System.getProperty("kindling.data", "../../shared/data"), "extraction");
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int WINDOW = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void newsPagesKeepTheirScore() throws IOException {
        assumeTrue(Files.isDirectory(PAGES), () -> "no pages at " + PAGES);
        JsonNode truth = JSON.readTree(PAGES.resolve("truth.json").toFile());
        List<Double> precisions = new ArrayList<>();
        List<Double> recalls = new ArrayList<>();

        for (String line : lines()) {
            JsonNode page = JSON.readTree(line);
            String text = HtmlText.extract(
                            page.get("html").asText(), page.get("url").asText(), HtmlText.Mode.ARTICLE)
                    .text();
            Map<String, Integer> got = windows(text);
            Map<String, Integer> expected = windows(
                    truth.get(page.get("id").asText()).get("articleBody").asText());
            addShare(shared(got, expected), got, precisions);
            addShare(shared(got, expected), expected, recalls);
        }

        double precision = mean(precisions);
        double recall = mean(recalls);
        assertThat(2 * precision * recall / (precision + recall))
                .as("F1 of precision %.4f and recall %.4f; rs_trafilatura has .969", precision, recall)
                .isGreaterThan(0.969);
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(PAGES.resolve("pages.jsonl.gz"))), UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static Map<String, Integer> windows(String text) {
        List<String> words =
                WORD.matcher(text).results().map(match -> match.group()).toList();
        Map<String, Integer> windows = new HashMap<>();
        for (int start = 0; (start == 0 && !words.isEmpty()) || start + WINDOW <= words.size(); start++) {
            windows.merge(
                    String.join(" ", words.subList(start, Math.min(words.size(), start + WINDOW))), 1, Integer::sum);
        }
        return windows;
    }

    private static int shared(Map<String, Integer> a, Map<String, Integer> b) {
        return a.entrySet().stream()
                .mapToInt(entry -> Math.min(entry.getValue(), b.getOrDefault(entry.getKey(), 0)))
                .sum();
    }

    private static void addShare(int shared, Map<String, Integer> windows, List<Double> shares) {
        if (!windows.isEmpty()) {
            shares.add(shared
                    / (double) windows.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        }
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
