package kindling.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import kindling.jobs.report.Page;
import kindling.jobs.train.TrainingLog;
import org.apache.hadoop.fs.Path;

/** What a recipe came to, from the reports of its steps: the funnel, training, scores, examples, and where everything lies. */
final class Story {
    /** A finished step. */
    private record Told(Recipe.Step step, Path folder, JsonNode report) {}

    private final List<Told> told = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void add(Recipe.Step step, Path folder) {
        Report.in(folder).ifPresent(report -> told.add(new Told(step, folder, report)));
    }

    String text() {
        funnel();
        training();
        scores();
        examples();
        place().ifPresent(folder -> {
            line("");
            line("Everything lies in %s", folder);
            line("Look at %s", new Path(folder, Report.RUN_PAGE));
        });
        return text.toString();
    }

    /** Writes the page of the run into the folder that all outputs lie in, if there is one. */
    void writePage() {
        List<Page.Step> steps = told.stream()
                .map(one -> new Page.Step(one.step.name(), one.report, TrainingLog.in(one.folder)))
                .toList();
        place().ifPresent(
                        folder -> Storage.write(new Path(folder, Report.RUN_PAGE), Page.html(folder.getName(), steps)));
    }

    /** The folder that all outputs lie in, unless they share nothing but a file system. */
    private Optional<Path> place() {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        Path shared = told.get(0).folder.getParent();
        for (Told one : told) {
            while (!shared.isRoot() && !one.folder.toString().startsWith(shared + Path.SEPARATOR)) {
                shared = shared.getParent();
            }
        }
        return shared.isRoot() ? Optional.empty() : Optional.of(shared);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void funnel() {
        line("");
        line("%-18s %10s %10s %10s  %s", "documents", "in", "out", "rejected", "reasons");
        for (Told one : told) {
            if (one.report.has("rows_in") && one.report.has("bytes_out")) {
                long in = one.report.path("rows_in").asLong();
                long out = one.report.path("rows_out").asLong();
                line(
                        "%-18s %,10d %,10d %,10d  %s",
                        one.step.name(), in, out, in - out, counts(one.report.path("rejected")));
            }
        }
        for (Told one : told) {
            if (!one.report.path("findings").isEmpty()) {
                line("%s replaced %s", one.step.name(), counts(one.report.path("findings")));
            }
            if (one.report.has("parts")) {
                line("%s made %s", one.step.name(), counts(one.report.path("parts")));
            }
        }
    }

    private static String counts(JsonNode map) {
        return map.properties().stream()
                .sorted(Map.Entry.<String, JsonNode>comparingByValue((a, b) -> Long.compare(b.asLong(), a.asLong()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> String.format(
                        Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue().asLong()))
                .collect(Collectors.joining(", "));
    }

    private void training() {
        for (Told one : told) {
            if (one.report.has("unigram_entropy_nats")) {
                line("");
                line(
                        "%s: %,d tokens, unigram entropy %.3f nats a token",
                        one.step.name(),
                        one.report.path("tokens").asLong(),
                        one.report.path("unigram_entropy_nats").asDouble());
            }
            if (one.report.path("loss_last").isNumber()
                    && one.report.path("steps").asLong() > 0) {
                line(
                        "%s: %,d parameters, %,d tokens, loss %.3f -> %.3f, %,.0f tokens/s, %.0f s",
                        one.step.name(),
                        one.report.path("parameters").asLong(),
                        one.report.path("tokens").asLong(),
                        one.report.path("loss_first").asDouble(),
                        one.report.path("loss_last").asDouble(),
                        one.report.path("tokens_per_second").asDouble(),
                        one.report.path("train_seconds").asDouble());
            }
        }
    }

    private void scores() {
        if (told.stream().anyMatch(one -> one.report.has("f1"))) {
            line("");
            line("%-24s %8s %8s %8s %10s %8s", "ROUGE F1 x 100", "R-1", "R-2", "R-L", "R-Lsum", "rows");
        }
        for (Told one : told) {
            JsonNode f1 = one.report.path("f1");
            if (f1.isObject()) {
                line(
                        "%-24s %8.2f %8.2f %8.2f %10.2f %8d",
                        one.step.name(),
                        100 * f1.path("rouge1").asDouble(),
                        100 * f1.path("rouge2").asDouble(),
                        100 * f1.path("rougeL").asDouble(),
                        100 * f1.path("rougeLsum").asDouble(),
                        one.report.path("scored").asLong());
            } else if (one.report.has("loss")) {
                line("");
                line(
                        "val loss %.4f nats a token over %,d tokens (%s)",
                        one.report.path("loss").asDouble(),
                        one.report.path("tokens").asLong(),
                        one.step.name());
            } else if (one.report.has("perplexity")) {
                line(
                        "%s: perplexity %.2f a token, %.3f bits a byte",
                        one.step.name(),
                        one.report.path("perplexity").asDouble(),
                        one.report.path("bits_per_byte").asDouble());
            }
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** Of the first step that has some. */
    private void examples() {
        told.stream()
                .filter(one -> !one.report.path("examples").isEmpty())
                .findFirst()
                .ifPresent(one -> {
                    line("");
                    line("Examples of %s:", one.step.name());
                    for (JsonNode example : one.report.path("examples")) {
                        line("");
                        line(
                                "  page       %s",
                                example.path("source").asText(example.path("id").asText()));
                        line(
                                "  reference  %s",
                                oneLine(example.path("reference").asText()));
                        line("  summary    %s", oneLine(example.path("output").asText()));
                    }
                });
    }
}
