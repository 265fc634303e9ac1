package kindling.jobs.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * {@code _report.json}: what a job did, in numbers. Rows, bytes, languages, lengths, rates, seconds per phase, and a few dropped
 * documents. Of their texts it holds at most {@link Snippet}s.
 */
public final class Report {
    /** Its name in an output folder. */
    public static final String FILE = "_report.json";

    /** The page of one job, in its output folder: what else lies there without a {@code _} is data to those that read it. */
    public static final String PAGE = "_report.html";

    /** The page of a recipe's run, beside the outputs; and of a training, among the files of its checkpoint. */
    public static final String RUN_PAGE = "report.html";

    /** How {@link #RUN_PAGE} begins: by this it is told from a user's page of that name. */
    static final String RUN_PAGE_HEAD = "<!DOCTYPE html>\n<!-- A report of Kindling";

    private final ObjectNode tree = Json.object();
    private final ObjectNode seconds = Json.object();
    private final long seed;
    private final long startNanos = System.nanoTime();
    private long phaseNanos = startNanos;

    public Report(Manifest manifest) {
        tree.put("job", manifest.job());
        tree.put("version", manifest.version());
        tree.set("options", Json.tree(manifest.options()));
        seed = Long.parseLong(manifest.options().getOrDefault("seed", "0"));
    }

    /** Whose report it is. */
    public String job() {
        return tree.path("job").asText();
    }

    /** The seed of the job's draws, 0 when it has none. */
    long seed() {
        return seed;
    }

    /** Sets a number, text, list or map. */
    public Report put(String name, Object value) {
        tree.set(name, Json.tree(value));
        return this;
    }

    /** Sets a value unless the job has set it. */
    Report putIfAbsent(String name, Object value) {
        return tree.has(name) ? this : put(name, value);
    }

    /** What the page of this job is called in its folder; a job that neither makes documents nor trains has none. */
    public Optional<String> page() {
        if (tellsOfDocuments()) {
            return Optional.of(PAGE);
        }
        return tree.has("train_seconds") ? Optional.of(RUN_PAGE) : Optional.empty();
    }

    /** Whether this is the report of a job that makes documents of documents or files. */
    private boolean tellsOfDocuments() {
        return tree.has("rows_in") && tree.has("bytes_out");
    }

    /** Ends a phase: the seconds since the one before ended stand under its name. */
    public Report phase(String name) {
        long now = System.nanoTime();
        seconds.put(name, seconds.path(name).asDouble() + rounded((now - phaseNanos) / 1e9));
        phaseNanos = now;
        return this;
    }

    /** What a phase took, 0 when there was none. */
    public double seconds(String phase) {
        return seconds.path(phase).asDouble();
    }

    /** Counts of documents, which must add up. */
    public Report rows(long in, long out, Map<String, Long> rejected) {
        put("rows_in", in).put("rows_out", out).put("rejected", rejected);
        long sum = out + rejected.values().stream().mapToLong(Long::longValue).sum();
        if (in != sum) {
            throw new IllegalStateException(
                    "%d documents came in, but %d went out or were rejected: nothing was committed".formatted(in, sum));
        }
        return this;
    }

    /** The rows for the line that people see: {@code 4021 in | 3800 out | 221 rejected | }. */
    public String summary() {
        if (!tree.has("rows_in")) {
            return "";
        }
        long out = tree.path("rows_out").asLong();
        long in = tree.path("rows_in").asLong();
        return "%d in | %d out | %d rejected | ".formatted(in, out, in - out);
    }

    public double elapsedSeconds() {
        return rounded((System.nanoTime() - startNanos) / 1e9);
    }

    public String json() {
        double total = elapsedSeconds();
        seconds.put("total", total);
        tree.set("seconds", seconds);
        if (tellsOfDocuments()) {
            tree.set("rates", rates(total));
        }
        return Json.text(tree);
    }

    /** Over all seconds of the job, Spark's start included; MB are 10^6 bytes. */
    private ObjectNode rates(double total) {
        double divisor = Math.max(total, 0.001);
        return Json.object()
                .put("documents_per_second", rounded(tree.path("rows_in").asLong() / divisor))
                .put("mb_in_per_second", rounded(tree.path("bytes_in").asLong() / 1e6 / divisor))
                .put("mb_out_per_second", rounded(tree.path("bytes_out").asLong() / 1e6 / divisor));
    }

    /** The report in an output folder, if there is one. */
    public static Optional<JsonNode> in(Path folder) {
        Path file = new Path(folder, FILE);
        return Storage.exists(file) ? Optional.of(Json.parse(Storage.text(file))) : Optional.empty();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
