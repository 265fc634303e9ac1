package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import kindling.jobs.io.Progress;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.train.Examples;
import kindling.jobs.train.Plan;
import kindling.jobs.train.Room;
import kindling.jobs.train.Training;
import kindling.jobs.train.TrainingLog;
import kindling.model.TransformerConfig;
import kindling.model.average.Strategy;
import kindling.model.train.MemoryPlan;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of jobs that train. */
final class TrainingOptions {
    private static final String REMEDIES =
            "--batch-size (with --accumulate for the same step), --sequence-length, --recompute, fewer cores";

    @Option(
            names = "--replicas",
            description = "Copies of the model that train on shares of the data; default ${DEFAULT-VALUE}.")
    int replicas = 2;

    @Option(
            names = "--local-steps",
            description = "Steps of each replica between two averagings; default ${DEFAULT-VALUE}.")
    int localSteps = 20;

    @Option(
            names = "--strategy",
            description = "How replicas are averaged: average or diloco; default ${DEFAULT-VALUE}.")
    String strategy = "average";

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
            descriptionKey = CommonOptions.LAYOUT,
            description = "Rounds between two durable states; default ${DEFAULT-VALUE}.")
    int checkpointRounds = 5;

    void check(List<String> problems) {
        if (replicas < 1 || localSteps < 1 || batchSize < 1 || checkpointRounds < 1) {
            problems.add(
                    "--replicas, --local-steps, --batch-size and --checkpoint-rounds must be >= 1, got %d, %d, %d and %d"
                            .formatted(replicas, localSteps, batchSize, checkpointRounds));
        }
        if (!(epochs >= 0) || (steps != null && steps < 0)) {
            problems.add("--epochs and --steps must be >= 0, got %s and %s".formatted(epochs, steps));
        }
        learning.check(problems);
        try {
            Strategy.named(strategy);
        } catch (IllegalArgumentException e) {
            problems.add("--strategy: " + e.getMessage());
        }
    }

    private Plan plan(TransformerConfig config, Examples examples, int length, boolean withinDocuments, long seed) {
        long perStep = (long) replicas * batchSize * learning.accumulate;
        long total = steps != null ? steps : (long) Math.ceil(epochs * examples.size() / perStep);
        return new Plan(
                config.toJson(),
                replicas,
                localSteps,
                total,
                batchSize,
                length,
                learning.recipe(withinDocuments),
                strategy,
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
        if (plan.steps() > 0 && examples.size() == 0) {
            throw new UserError(
                    "%s: there is no sequence of %d tokens to train on: give more data, or a shorter --sequence-length"
                            .formatted(run.name(), length));
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(run.spark().sparkContext());
        MemoryPlan memory = plan.memory();
        Progress.line("%s | %,d parameters | %,d sequences of %d | %d replicas | %d steps each"
                .formatted(run.name(), config.parameterCount(), examples.size(), length, replicas, plan.steps()));
        memory.lines().forEach(line -> Progress.line(run.name() + " | memory of a replica | " + line));
        Room.require(context, replicas, memory, REMEDIES);
        ObjectNode facts = about.deepCopy()
                .put("seed", plan.seed())
                .put("replicas", replicas)
                .put("strategy", strategy)
                .put("provenance", run.manifest().identity());
        TrainingLog log = new TrainingLog(run.name());
        Storage.write(run.file(SharedTokenizer.FILE), tokenizer.json());
        new Training(context, plan, examples, run.folder(), facts, log, checkpointRounds).run(initial.get());
        run.report()
                .put("parameters", config.parameterCount())
                .put("sequences", examples.size())
                .put("steps", plan.steps())
                .put("tokens", log.tokens())
                .put("skipped_steps", log.skipped())
                .put("loss_first", log.firstLoss())
                .put("loss_last", log.lastLoss())
                .put("train_seconds", log.seconds())
                .put("tokens_per_second", log.seconds() == 0 ? 0 : log.tokens() / log.seconds())
                .phase("train");
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
