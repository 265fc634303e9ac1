package kindling.jobs;

import java.util.List;
import kindling.jobs.train.Averaging;
import kindling.model.average.Wire;
import picocli.CommandLine.Option;

/** How many replicas there are, and how they stay one model. */
final class AveragingOptions {
    private static final int LOCAL_STEPS = 20; // see LOG.md: quality and bytes by strategy and H

    /** Whose moments an optimiser has. */
    enum Moments {
        LOCAL,
        AVERAGE
    }

    @Option(
            names = "--replicas",
            description = "Copies of the model that train on shares of the data; default ${DEFAULT-VALUE}.")
    int replicas = 2;

    @Option(
            names = "--strategy",
            description =
                    "How replicas stay one model: gradient (averaged every step), or after local steps average, diloco or slowmo; "
                            + "default ${DEFAULT-VALUE}.")
    String strategy = "average";

    @Option(
            names = "--local-steps",
            paramLabel = "H",
            description = "Steps of each replica between two averagings; default " + LOCAL_STEPS + ".")
    Integer localSteps;

    @Option(
            names = "--gradient-start",
            paramLabel = "N",
            description = "Average the gradients of the first N steps, before local steps begin (post-local SGD).")
    Long gradientStart;

    @Option(
            names = "--moments",
            description =
                    "The optimiser's moments: local (each replica keeps its own) or average (with the parameters: two or three times "
                            + "the bytes); default: local.")
    Moments moments;

    @Option(
            names = "--outer-learning-rate",
            description = "Of the outer optimiser; default: as published, 0.7 for diloco and 1 for slowmo.")
    Double outerRate;

    @Option(
            names = "--outer-momentum",
            description = "Of the outer optimiser; default: as published, 0.9 for diloco and 0.7 for slowmo.")
    Double outerMomentum;

    @Option(
            names = "--wire",
            description =
                    "How contributions travel: float32 (exact), bfloat16 or int8 (half and a quarter of the bytes; what is lost is made up "
                            + "for in later rounds); default: float32.")
    String wire;

    void check(List<String> problems) {
        if (replicas < 1 || steps() < 1) {
            problems.add("--replicas and --local-steps must be >= 1, got %d and %d".formatted(replicas, steps()));
        }
        if (gradientStart != null && gradientStart < 0) {
            problems.add("--gradient-start must be >= 0, got " + gradientStart);
        }
        if (!Averaging.names().contains(strategy)) {
            problems.add(
                    "--strategy must be one of %s, got %s".formatted(String.join(", ", Averaging.names()), strategy));
        } else if (strategy.equals(Averaging.GRADIENT)) {
            checkGradient(problems);
        } else {
            tried(
                    problems,
                    "--outer-learning-rate, --outer-momentum",
                    () -> averaging().outer());
        }
        tried(problems, "--wire", this::wire);
    }

    private void checkGradient(List<String> problems) {
        if (localSteps != null && localSteps != 1) {
            problems.add("--strategy gradient averages every step: leave --local-steps out, got " + localSteps);
        }
        if (gradientStart != null || moments != null || outerRate != null || outerMomentum != null) {
            problems.add(
                    "--gradient-start, --moments, --outer-learning-rate and --outer-momentum are for local steps, and "
                            + "--strategy gradient has none");
        }
    }

    private static void tried(List<String> problems, String option, Runnable question) {
        try {
            question.run();
        } catch (IllegalArgumentException e) {
            problems.add(option + ": " + e.getMessage());
        }
    }

    private int steps() {
        return strategy.equals(Averaging.GRADIENT) ? 1 : localSteps == null ? LOCAL_STEPS : localSteps;
    }

    private Wire wire() {
        return wire == null ? Wire.FLOAT32 : Wire.named(wire);
    }

    Averaging averaging() {
        return new Averaging(
                strategy,
                steps(),
                gradientStart == null ? 0 : gradientStart,
                outerRate,
                outerMomentum,
                moments == Moments.AVERAGE,
                wire());
    }
}
