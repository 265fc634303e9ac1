package kindling.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
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
    private final long begun = System.nanoTime();
    private long firstStep;
    private double flopsPerToken = Double.NaN;
    private double gigaflops = Double.NaN;

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
        firstStep = rounds.isEmpty()
                ? 0
                : rounds.get(rounds.size() - 1).path("step").asLong();
    }

    void save(Path state) {
        StringBuilder lines = new StringBuilder();
        rounds.forEach(round -> lines.append(Json.line(round)).append('\n'));
        Storage.write(new Path(state, FILE), lines.toString());
    }

    /** What this machine, or these machines, can do at most: figures to compare with. */
    void compareWith(double newFlopsPerToken, double newGigaflops) {
        flopsPerToken = newFlopsPerToken;
        gigaflops = newGigaflops;
    }

    /** @param round rounds finished, with the one that is told */
    void round(
            Plan plan,
            long round,
            List<Measures> measures,
            Training.Advance advance,
            RoundTimer timer,
            Evaluations.Evaluated evaluated) {
        RoundTimer.Times times = timer.times(measures);
        long step = plan.firstStep(round);
        long tokens = sum(measures, Measures::tokens);
        long targets = advance.skipped().isPresent() ? 0 : sum(measures, Measures::targets);
        double lossSum = measures.stream().mapToDouble(Measures::lossSum).sum();
        double loss = targets == 0 ? Double.NaN : lossSum / targets;
        double computing = measures.stream()
                .mapToDouble(made -> made.work().computeSeconds())
                .sum();
        double ofSgemm = tokens * flopsPerToken / 1e9 / computing / gigaflops;
        List<String> skipped = skipped(plan, step, measures, advance);
        ObjectNode line = Json.object()
                .put("round", round)
                .put("step", step)
                .put("loss", finiteOrNull(loss))
                .put("learning_rate", plan.schedule().rate(step - 1))
                .put("gradient_norm", finiteOrNull(advance.gradientNorm()))
                .put("tokens", tokens)
                .put("targets", targets)
                .put("skipped", skipped.size())
                .put("seconds", times.seconds())
                .put("compute_seconds", times.compute())
                .put("waiting_seconds", times.waiting())
                .put("exchange_seconds", times.exchange())
                .put("tokens_per_second", tokens / times.seconds())
                .put("sgemm_share", finiteOrNull(ofSgemm))
                .put("exchange_bytes", sum(measures, made -> made.work().bytes()))
                .put("broadcast_bytes", advance.next().start().slices().size())
                .put(
                        "joules",
                        measures.stream()
                                .mapToDouble(made -> made.work().energy().joules())
                                .sum())
                .put(
                        "joules_measured",
                        measures.stream().allMatch(made -> made.work().energy().measured()));
        evaluated
                .found()
                .ifPresent(found -> line.put("validation_loss", found.loss())
                        .put("validation_perplexity", found.perplexity())
                        .put("validation_bits_per_byte", found.bitsPerByte())
                        .put("validation_seconds", evaluated.seconds()));
        rounds.add(line);
        MetricsPlugin.show(line);
        skipped.forEach(Progress::line);
        Progress.line(progress(plan, round, line, times));
        evaluated
                .found()
                .ifPresent(found -> Progress.line(String.format(
                        Locale.ROOT,
                        "%s | round %d | val loss %.4f | perplexity %.2f | %.4f bits a byte%s",
                        job,
                        round,
                        found.loss(),
                        found.perplexity(),
                        found.bitsPerByte(),
                        evaluated.state().best().since() == 0 ? " | best so far" : "")));
    }

    private List<String> skipped(Plan plan, long step, List<Measures> measures, Training.Advance advance) {
        List<String> lines = new ArrayList<>();
        measures.forEach(made -> made.skipped()
                .forEach(reason -> lines.add("%s | replica %d | skipped %s".formatted(job, made.replica(), reason))));
        advance.skipped()
                .ifPresent(reason -> lines.add(
                        "%s | %d replicas | skipped step %d: %s".formatted(job, plan.replicas(), step - 1, reason)));
        return lines;
    }

    private String progress(Plan plan, long round, ObjectNode line, RoundTimer.Times times) {
        JsonNode loss = line.path("loss");
        return String.format(
                Locale.ROOT,
                "%s | round %d of %d | step %d | loss %s | lr %.1e | %.1fk tok/s | compute %.1f %% | exchange %.1f %% | waiting %.1f %% | %.0f %% of sgemm | %s left",
                job,
                round,
                plan.rounds(),
                line.path("step").asLong(),
                loss.isNumber() ? String.format(Locale.ROOT, "%.4f", loss.asDouble()) : "-",
                line.path("learning_rate").asDouble(),
                line.path("tokens_per_second").asDouble() / 1000,
                100 * times.compute() / times.seconds(),
                100 * times.exchange() / times.seconds(),
                100 * times.waiting() / times.seconds(),
                100 * line.path("sgemm_share").asDouble(),
                left(plan, line.path("step").asLong()));
    }

    /** At the pace since this run began, or went on: with what states and validations took. */
    private String left(Plan plan, long step) {
        return duration((System.nanoTime() - begun) / 1e9 / Math.max(1, step - firstStep) * (plan.steps() - step));
    }

    static String duration(double seconds) {
        return seconds < 100
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < 6000
                        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    private static long sum(List<Measures> measures, ToLongFunction<Measures> part) {
        return measures.stream().mapToLong(part).sum();
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

    /** The best validation loss of all rounds; null when there was none. */
    public Double bestValidation() {
        return rounds.stream()
                .map(round -> round.path("validation_loss"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .min(Double::compare)
                .orElse(null);
    }

    /** Bytes that replicas contributed in all rounds. */
    public long exchangeBytes() {
        return rounds.stream()
                .mapToLong(round -> round.path("exchange_bytes").asLong())
                .sum();
    }

    /** Joules of all rounds. */
    public double joules() {
        return rounds.stream()
                .mapToDouble(round -> round.path("joules").asDouble())
                .sum();
    }

    /** Where {@link #joules} come from. */
    public String energySource() {
        boolean measured =
                rounds.stream().allMatch(round -> round.path("joules_measured").asBoolean());
        return measured ? "RAPL" : "an estimate, %.0f W for a busy core".formatted(Energy.CORE_WATTS);
    }

    /** Share of all rounds' time that was not spent on steps; null when there was no round. */
    public Double outsideCompute() {
        double compute = rounds.stream()
                .mapToDouble(round -> round.path("compute_seconds").asDouble())
                .sum();
        return seconds() == 0 ? null : 1 - compute / seconds();
    }

    /** Seconds of all rounds, also of those before a resume. */
    public double seconds() {
        return rounds.stream()
                .mapToDouble(round -> round.path("seconds").asDouble())
                .sum();
    }
}
