package kindling.jobs.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import kindling.jobs.train.Room;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.tensor.MachineRate;
import kindling.model.train.AdamW;
import kindling.model.train.Learner;
import kindling.model.train.MemoryPlan;
import kindling.model.train.TrainingSettings;
import kindling.model.train.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A whole training step of one replica, on one thread: forward, backward, clipping, AdamW; beside the rate of matrix products in the same
 * process, measured before and after.
 */
@Command(
        name = "train",
        description = "Training step: ms, tok/s, GFLOP/s, and the rate of matrix products in the same process.")
final class TrainBench implements Bench {
    private static final double WARM_UP_SECONDS = 3; // until the compiler is done
    private static final double MEASURED_SECONDS = 10;
    private static final int LEAST_STEPS = 5;
    private static final int WARM_UP_STEPS = 3;
    private static final double LEARNING_RATE = 3e-4;

    @Option(
            names = "--shape",
            paramLabel = "L,H,C,T,B,V",
            description = "Layers, heads, width, context, batch, vocabulary; default ${DEFAULT-VALUE}.")
    String shape = "6,6,384,256,4,8192";

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "gpt2, llama, mistral, qwen2 or qwen3; default ${DEFAULT-VALUE}.")
    String family = ModelShape.GPT2;

    @Option(names = "--steps", paramLabel = "N", description = "Steps to measure; default: 10 seconds, at least 5.")
    Integer steps;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public void check(List<String> problems) {
        if (steps != null && steps < 1) {
            problems.add("--steps must be >= 1, got " + steps);
        }
        if (!ModelShape.FAMILIES.contains(family)) {
            problems.add("--family is one of %s, got %s".formatted(String.join(", ", ModelShape.FAMILIES), family));
            return;
        }
        try {
            ModelShape.parse(shape).config(family);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Figures figures) {
        ModelShape model = ModelShape.parse(shape);
        TransformerConfig config = model.config(family);
        MemoryPlan memory = MemoryPlan.of(config, TrainingSettings.of(AdamW.defaults()), model.rows(), model.length());
        Room.requireHere(memory, "a smaller --shape");
        try (Learner learner = new Learner(config, AdamW.defaults(), model.rows(), model.length())) {
            figures.put("parameters", config.parameterCount() / 1e6, "M");
            figures.put("memory", memory.total() / 1e6, "MB");
            figures.put("copy", MachineRate.gigabytesCopied(), "GB/s");
            double before = MachineRate.gigaflops();
            learner.parameters(Weights.initial(config, 1));
            Batch batch = batch(model);
            double[] step = measure(
                    () -> learner.step(batch, LEARNING_RATE).meanLoss(),
                    steps == null ? LEAST_STEPS : steps,
                    steps == null);
            double[] forward = measure(() -> learner.evaluate(batch).meanLoss(), LEAST_STEPS, false);
            double after = MachineRate.gigaflops();
            figures.put("sgemm_1024_before", before, "GFLOP/s");
            figures.put("sgemm_1024_after", after, "GFLOP/s");
            report(model, config, step, forward, Math.max(before, after), figures);
        }
    }

    private void report(
            ModelShape model,
            TransformerConfig config,
            double[] step,
            double[] forward,
            double limit,
            Figures figures) {
        double median = step[step.length / 2];
        double operations = model.tokens() * config.flopsPerToken(model.length());
        figures.put("steps", step.length, "steps");
        figures.put("step_median", median * 1e3, "ms");
        figures.put("step_min", step[0] * 1e3, "ms");
        figures.put("forward_and_loss_median", forward[forward.length / 2] * 1e3, "ms");
        figures.put("throughput", model.tokens() / median, "tok/s");
        figures.put("step_rate", operations / median / 1e9, "GFLOP/s");
        figures.put("step_rate_best", operations / step[0] / 1e9, "GFLOP/s");
        figures.put("ratio", operations / median / 1e9 / limit, "of_sgemm");
        figures.put("ratio_best", operations / step[0] / 1e9 / limit, "of_sgemm");
    }

    /** Seconds of each call, sorted, after a warm-up. */
    private static double[] measure(DoubleSupplier work, int leastSteps, boolean goOn) {
        double warm = 0;
        for (int i = 0; i < WARM_UP_STEPS || (goOn && warm < WARM_UP_SECONDS); i++) {
            warm += seconds(work);
        }
        double[] measured = new double[leastSteps];
        double sum = 0;
        int n = 0;
        while (n < leastSteps || (goOn && sum < MEASURED_SECONDS)) {
            if (n == measured.length) {
                measured = Arrays.copyOf(measured, 2 * n);
            }
            measured[n] = seconds(work);
            sum += measured[n++];
        }
        double[] sorted = Arrays.copyOf(measured, n);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double seconds(DoubleSupplier work) {
        long start = System.nanoTime();
        double loss = work.getAsDouble();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss of a step is " + loss);
        }
        return seconds;
    }

    private static Batch batch(ModelShape model) {
        Random random = new Random(1);
        int[][] ids = new int[model.rows()][];
        for (int row = 0; row < ids.length; row++) {
            ids[row] = random.ints(model.length() + 1, 0, model.vocabulary()).toArray(); // (T + 1)
        }
        return Batch.of(ids);
    }
}
