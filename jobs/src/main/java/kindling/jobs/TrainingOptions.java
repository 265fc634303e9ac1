package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import kindling.jobs.examples.Examples;
import kindling.jobs.io.Progress;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.train.Evaluations;
import kindling.jobs.train.Forecast;
import kindling.jobs.train.Plan;
import kindling.jobs.train.States;
import kindling.jobs.train.Training;
import kindling.jobs.train.TrainingLog;
import kindling.model.TransformerConfig;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of jobs that train. */
final class TrainingOptions {
    private static final String REMEDIES =
            "--batch-size (with --accumulate for the same step), --sequence-length, --recompute, fewer cores";

    private static final int STATES = 2; // the newest, and one to fall back to

    @Mixin
    AveragingOptions averaging;

    @Mixin
    ValidationOptions validation;

    @Option(names = "--steps", description = "Steps of each replica; default: what --epochs comes to.")
    Long steps;

    @Option(names = "--epochs", description = "Passes over the data; default ${DEFAULT-VALUE}.")
    double epochs = 1;

    @Option(names = "--batch-size", description = "Sequences in a batch of a replica; default ${DEFAULT-VALUE}.")
    int batchSize = 8;

    @Mixin
    LearningOptions learning;

    @Option(
            names = "--checkpoint-rounds",
            paramLabel = "N",
            descriptionKey = CommonOptions.LAYOUT,
            description =
                    "Rounds between two durable states, at most " + States.MOST_ROUNDS + "; default: about 100 steps.")
    Integer checkpointRounds;

    @Option(
            names = "--keep-last",
            paramLabel = "N",
            descriptionKey = CommonOptions.LAYOUT,
            description = "Durable states (round-…) that stay, also after the end; default: " + STATES
                    + " while training goes on, none after it.")
    Integer keepLast;

    void check(List<String> problems) {
        averaging.check(problems);
        validation.check(problems);
        learning.check(problems);
        if (batchSize < 1) {
            problems.add("--batch-size must be >= 1, got " + batchSize);
        }
        if (checkpointRounds != null && (checkpointRounds < 1 || checkpointRounds > States.MOST_ROUNDS)) {
            problems.add(
                    "--checkpoint-rounds must be 1 to %d (what a lost executor held is computed again over so many rounds), got %d"
                            .formatted(States.MOST_ROUNDS, checkpointRounds));
        }
        if (keepLast != null && keepLast < 1) {
            problems.add("--keep-last must be >= 1, got " + keepLast);
        }
        if (!(epochs >= 0) || (steps != null && steps < 0)) {
            problems.add("--epochs and --steps must be >= 0, got %s and %s".formatted(epochs, steps));
        }
    }

    private Plan plan(TransformerConfig config, Examples examples, int length, boolean withinDocuments, long seed) {
        long perStep = Math.multiplyExact((long) averaging.replicas * batchSize, learning.accumulate);
        long sequences = steps != null ? Long.MAX_VALUE : (long) Math.ceil(epochs * examples.size());
        return new Plan(
                config.toJson(),
                averaging.replicas,
                steps != null ? steps : (sequences + perStep - 1) / perStep,
                sequences,
                batchSize,
                length,
                learning.recipe(withinDocuments),
                averaging.averaging(),
                seed);
    }

    /**
     * Trains, leaving a checkpoint in the run's folder and the numbers in its report.
     *
     * @param initial the parameters to start from, asked for when it is sure that there is room to train them
     * @param withinDocuments whether attention stays inside documents where nothing else was asked for
     * @param about what {@code trainer_state.json} says besides the options
     */
    void train(
            Run run,
            TransformerConfig config,
            Supplier<float[]> initial,
            Examples examples,
            int length,
            boolean withinDocuments,
            SharedTokenizer tokenizer,
            ObjectNode about) {
        Plan plan = plan(config, examples, length, withinDocuments, run.common().seed);
        requireSequences(run, plan, examples);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(run.spark().sparkContext());
        TrainingLog log = new TrainingLog(run.name());
        Progress.line("%s | %,d parameters | %,d sequences of %d | %d replicas | %d steps each"
                .formatted(
                        run.name(), config.parameterCount(), examples.size(), length, plan.replicas(), plan.steps()));
        new Forecast(context, plan, REMEDIES).tell(run.name(), log);
        ObjectNode facts = about.deepCopy()
                .put("seed", plan.seed())
                .put("replicas", plan.replicas())
                .put("strategy", averaging.strategy)
                .put("provenance", run.manifest().identity());
        Storage.write(run.file(SharedTokenizer.FILE), tokenizer.json());
        States.Keeping keeping = new States.Keeping(
                checkpointRounds == null ? OptionalInt.empty() : OptionalInt.of(checkpointRounds),
                keepLast == null ? STATES : keepLast,
                keepLast != null);
        Evaluations evaluations = validation.evaluations(context, plan, tokenizer, run.folder(), facts);
        new Training(context, plan, examples, run.folder(), facts, log, keeping, evaluations).run(initial);
        run.report()
                .put("parameters", config.parameterCount())
                .put("sequences", examples.size())
                .put("steps", plan.steps())
                .put("tokens", log.tokens())
                .put("skipped_steps", log.skipped())
                .put("loss_first", log.firstLoss())
                .put("loss_last", log.lastLoss())
                .put("validation_loss_best", log.bestValidation())
                .put("exchange_bytes", log.exchangeBytes())
                .put("outside_compute", log.outsideCompute())
                .put("joules", log.joules())
                .put("energy_source", log.energySource())
                .put("train_seconds", log.seconds())
                .put("tokens_per_second", log.seconds() == 0 ? 0 : log.tokens() / log.seconds())
                .phase("train");
    }

    private static void requireSequences(Run run, Plan plan, Examples examples) {
        if (plan.steps() > 0 && examples.size() == 0) {
            throw new UserError(
                    "%s: there is no sequence of %d tokens to train on: give more data, or a shorter --sequence-length"
                            .formatted(run.name(), plan.length()));
        }
        if (plan.steps() > 0 && examples.size() < plan.replicas()) {
            throw new UserError(
                    "%s: --replicas must be at most the number of sequences, got %d for %d: take fewer, or give more data"
                            .formatted(run.name(), plan.replicas(), examples.size()));
        }
    }

    /** A model's shape by preset name, or from a {@code config.json} or the folder of a checkpoint. */
    static TransformerConfig config(String model) {
        if (TransformerConfig.presets().contains(model)) {
            return TransformerConfig.preset(model);
        }
        Path path = Storage.absolute(model);
        Path inside = new Path(path, "config.json");
        Path file = Storage.exists(inside) ? inside : path;
        if (!Storage.exists(file)) {
            throw new UserError("--model is a preset (%s) or a config.json, got %s"
                    .formatted(String.join(", ", TransformerConfig.presets()), model));
        }
        return TransformerConfig.fromJson(Storage.text(file));
    }
}
