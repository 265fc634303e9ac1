package kindling.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kindling.jobs.io.Json;
import kindling.jobs.io.Progress;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/** {@code train.jsonl}: the numbers of every round, one line each, and the progress line that people see. */
public final class TrainingLog {
    private static final String FILE = "train.jsonl";

    private final String job;
    private final List<JsonNode> rounds = new ArrayList<>();

    public TrainingLog(String job) {
        this.job = job;
    }

    String job() {
        return job;
    }

    /** The rounds of a folder that a training wrote, or may not have: then there are none. */
    public static List<JsonNode> in(Path folder) {
        Path file = new Path(folder, FILE);
        return Storage.exists(file)
                ? Storage.text(file).lines().<JsonNode>map(Json::parse).toList()
                : List.of();
    }

    /** The rounds that a durable state knows of. */
    void resume(Path state) {
        rounds.addAll(in(state));
    }

    void save(Path state) {
        StringBuilder lines = new StringBuilder();
        rounds.forEach(round -> lines.append(Json.line(round)).append('\n'));
        Storage.write(new Path(state, FILE), lines.toString());
    }

    /** @param seconds of the whole round, exchange included */
    void round(Plan plan, long round, List<Round.Measures> measures, double seconds) {
        long targets = measures.stream().mapToLong(Round.Measures::targets).sum();
        long tokens = measures.stream().mapToLong(Round.Measures::tokens).sum();
        double lossSum = measures.stream().mapToDouble(Round.Measures::lossSum).sum();
        double norm = measures.stream()
                .mapToDouble(Round.Measures::gradientNorm)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        double slowest =
                measures.stream().mapToDouble(Round.Measures::seconds).max().orElse(0);
        long step = plan.firstStep(round);
        int skipped = measures.stream().mapToInt(made -> made.skipped().size()).sum();
        double rate = plan.schedule().rate(step - 1);
        double loss = targets == 0 ? Double.NaN : lossSum / targets;
        rounds.add(Json.object()
                .put("round", round)
                .put("step", step)
                .put("loss", finiteOrNull(loss))
                .put("learning_rate", rate)
                .put("gradient_norm", finiteOrNull(norm))
                .put("tokens", tokens)
                .put("targets", targets)
                .put("seconds", seconds)
                .put("skipped", skipped)
                .put("compute_seconds", slowest));
        measures.forEach(made -> made.skipped()
                .forEach(reason ->
                        Progress.line("%s | replica %d | skipped %s".formatted(job, made.replica(), reason))));
        Progress.line(String.format(
                Locale.ROOT,
                "%s | round %d of %d | step %d | loss %.4f | lr %.1e | %.1fk tok/s | sync %.1f %%",
                job,
                round,
                plan.rounds(),
                step,
                loss,
                rate,
                tokens / seconds / 1000,
                100 * Math.max(0, 1 - slowest / seconds)));
    }

    private static Double finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Mean loss of the first round in which a step was made, nats per token; null when there was none. */
    public Double firstLoss() {
        return losses().findFirst().orElse(null);
    }

    /** Mean loss of the last round in which a step was made, nats per token; null when there was none. */
    public Double lastLoss() {
        return losses().reduce((former, latter) -> latter).orElse(null);
    }

    private Stream<Double> losses() {
        return rounds.stream()
                .map(round -> round.path("loss"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble);
    }

    /** Tokens that were read in all rounds. */
    public long tokens() {
        return rounds.stream().mapToLong(round -> round.path("tokens").asLong()).sum();
    }

    /** Steps that were left out, of all replicas in all rounds. */
    public long skipped() {
        return rounds.stream()
                .mapToLong(round -> round.path("skipped").asLong())
                .sum();
    }

    /** Seconds of all rounds, also of those before a resume. */
    public double seconds() {
        return rounds.stream()
                .mapToDouble(round -> round.path("seconds").asDouble())
                .sum();
    }
}
