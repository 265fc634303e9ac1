package kindling.prep.summary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import kindling.prep.rouge.Rouge;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures over whole data sets: those of others, reproduced, and our own, held. */
class BaselinesTest {
    private static final Path DATA = Path.of(System.getProperty("kindling.data", "../shared/data"));
    private static final double ROUNDING = 0.005;

    @Test
    void leadOfDialogsReproducesItsFigures() throws IOException {
        List<JsonNode> rows = rows("summarization/dialogsum.dev.jsonl.gz");

        assertThat(percent(rows, BaselinesTest::threeLines, Rouge.Reading.PLAIN))
                .isEqualTo(List.of(26.77, 7.16, 20.57));
        assertThat(percent(rows, BaselinesTest::threeLines, Rouge.Reading.STEMMED))
                .isEqualTo(List.of(28.36, 7.80, 21.47));
    }

    @Test
    void leadOfPapersReproducesItsFigures() throws IOException {
        List<JsonNode> rows = rows("summarization/scitldr-a.dev.jsonl.gz");

        assertThat(percent(rows, text -> Extractive.lead(text, 1), Rouge.Reading.PLAIN))
                .isEqualTo(List.of(27.21, 10.47, 21.76));
        assertThat(percent(rows, text -> Extractive.lead(text, 1), Rouge.Reading.STEMMED))
                .isEqualTo(List.of(30.11, 11.45, 23.72));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dialogsum.dev, 29.69, 7.65, 22.57, 28.36, 7.8, 21.47",
        "aeslc.dev, 29.25, 17.96, 27.1, 20.97, 12.97, 19.2",
        "mts-dialog.validation, 15.56, 3.78, 11.8, 15.67, 4.88, 11.96",
        "scitldr-a.dev, 31.93, 12.43, 23.36, 29.07, 11.68, 20.58"
    })
    void extractsAgainstThreeLinesOfLead(
            String set, double r1, double r2, double rl, double lead1, double lead2, double leadL) throws IOException {
        List<JsonNode> rows = rows("summarization/" + set + ".jsonl.gz");

        assertThat(percent(rows, text -> Extractive.summarize(text, 60), Rouge.Reading.STEMMED))
                .isEqualTo(List.of(r1, r2, rl));
        assertThat(percent(rows, BaselinesTest::threeLines, Rouge.Reading.STEMMED))
                .isEqualTo(List.of(lead1, lead2, leadL));
    }

    @Test
    void supportFollowsHumanVotes() throws IOException {
        List<double[]> summaries = new ArrayList<>();
        List<double[]> sentences = new ArrayList<>();
        for (JsonNode row : rows("faithfulness/qags.cnndm.jsonl.gz")) {
            String article = row.get("article").asText();
            double sum = 0;
            for (JsonNode sentence : row.get("sentences")) {
                double support = Support.of(article, sentence.get("sentence").asText());
                sum += support;
                sentences.add(new double[] {support, sentence.get("faithful").asBoolean() ? 1 : 0});
            }
            summaries.add(new double[] {
                sum / row.get("sentences").size(), row.get("score").asDouble()
            });
        }

        assertThat(pearson(summaries)).isCloseTo(0.713, within(ROUNDING));
        assertThat(areaUnderCurve(sentences)).isCloseTo(0.86, within(ROUNDING));
    }

    private static List<JsonNode> rows(String name) throws IOException {
        Path file = DATA.resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "no data at " + file);
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(json.readTree(line));
            }
        }
        return rows;
    }

    private static String threeLines(String text) {
        return text.lines().limit(3).collect(Collectors.joining("\n"));
    }

    /** Mean f1 of ROUGE-1, -2 and -L in percent, two decimals; the best reference of each row counts. */
    private static List<Double> percent(List<JsonNode> rows, UnaryOperator<String> summarizer, Rouge.Reading reading) {
        List<Rouge.Scores> scores = rows.stream()
                .map(row -> Rouge.best(
                        references(row), summarizer.apply(row.get("document").asText()), reading))
                .toList();
        return List.of(
                mean(scores, it -> it.rouge1().f1()),
                mean(scores, it -> it.rouge2().f1()),
                mean(scores, it -> it.rougeL().f1()));
    }

    private static List<String> references(JsonNode row) {
        List<String> references = new ArrayList<>();
        row.path("summaries").forEach(summary -> references.add(summary.asText()));
        return references.isEmpty() ? List.of(row.get("summary").asText()) : references;
    }

    private static double mean(List<Rouge.Scores> scores, ToDoubleFunction<Rouge.Scores> metric) {
        double mean = scores.stream().mapToDouble(metric).average().orElse(0);
        return Math.round(mean * 10_000) / 100.0;
    }

    private static double pearson(List<double[]> points) {
        double meanX = points.stream().mapToDouble(p -> p[0]).average().orElse(0);
        double meanY = points.stream().mapToDouble(p -> p[1]).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (double[] p : points) {
            xy += (p[0] - meanX) * (p[1] - meanY);
            xx += (p[0] - meanX) * (p[0] - meanX);
            yy += (p[1] - meanY) * (p[1] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** The chance that a faithful sentence scores higher than an unfaithful one, ties half. */
    private static double areaUnderCurve(List<double[]> points) {
        double won = 0;
        long pairs = 0;
        for (double[] faithful : points) {
            for (double[] other : points) {
                if (faithful[1] > other[1]) {
                    won += faithful[0] > other[0] ? 1 : faithful[0] == other[0] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }
}
