package kindling.jobs;

import java.util.List;
import kindling.jobs.train.TrainingRecipe;
import kindling.model.train.AdamW;
import kindling.model.train.Decay;
import kindling.model.train.Schedule;
import picocli.CommandLine.Option;

/** How each replica learns: optimiser, learning rate, what is left out and what is recomputed. */
final class LearningOptions {
    /** What moves the matrices of layers. */
    enum Kind {
        ADAMW,
        MUON
    }

    /** What a position may attend to. */
    enum Reach {
        DOCUMENT,
        SEQUENCE
    }

    @Option(
            names = "--optimizer",
            description =
                    "adamw, or muon for the matrices of layers with adamw for the rest; default ${DEFAULT-VALUE}.")
    Kind optimizer = Kind.ADAMW;

    @Option(names = "--learning-rate", description = "Highest learning rate; default ${DEFAULT-VALUE}.")
    double learningRate = 1e-3;

    @Option(
            names = "--min-learning-rate",
            description = "Learning rate at the end, unless it is constant; default: a tenth of the highest.")
    Double minLearningRate;

    @Option(names = "--warmup", description = "Steps to the highest learning rate; default ${DEFAULT-VALUE}.")
    long warmup = 50;

    @Option(
            names = "--schedule",
            description =
                    "How the learning rate falls after the warm-up: cosine, linear, constant, or wsd (stays, then "
                            + "falls in the last steps); default ${DEFAULT-VALUE}.")
    Decay schedule = Decay.COSINE;

    @Option(
            names = "--decay-share",
            description =
                    "Share of all steps, the last ones, in which wsd falls; default " + Schedule.DECAY_SHARE + ".")
    Double decayShare;

    @Option(
            names = "--weight-decay",
            description = "Decay of matrices, per unit of learning rate; default ${DEFAULT-VALUE}.")
    double weightDecay = AdamW.defaults().weightDecay();

    @Option(names = "--beta1", description = "AdamW's memory of the mean gradient; default ${DEFAULT-VALUE}.")
    double beta1 = AdamW.defaults().beta1();

    @Option(names = "--beta2", description = "AdamW's memory of the mean square; default ${DEFAULT-VALUE}.")
    double beta2 = AdamW.defaults().beta2();

    @Option(
            names = "--clip",
            description = "Largest norm of the gradient, Infinity for no clipping; default ${DEFAULT-VALUE}.")
    double clip = AdamW.defaults().clip();

    @Option(
            names = "--accumulate",
            description = "Batches whose gradients make one step of a replica; default ${DEFAULT-VALUE}.")
    int accumulate = 1;

    @Option(
            names = "--dropout",
            description =
                    "Probability with which a value is dropped in training, 0 to below 1; default ${DEFAULT-VALUE}.")
    double dropout;

    @Option(
            names = "--guard",
            paramLabel = "Z",
            description =
                    "Leave out steps whose loss or gradient norm lies this many standard deviations above the mean of "
                            + "the last ones; default: only those that are not finite.")
    double guard = Double.POSITIVE_INFINITY;

    @Option(
            names = "--recompute",
            descriptionKey = CommonOptions.LAYOUT, // it changes no bit
            description =
                    "Compute activations again on the way back instead of keeping them: less memory, a third more work.")
    boolean recompute;

    @Option(
            names = "--attention",
            description =
                    "What a position may attend to: document (its own), or sequence; default: sequence, and document "
                            + "where whole documents are packed by best-fit, those of all corpora.")
    Reach attention;

    void check(List<String> problems) {
        checkRate(problems);
        require(
                problems,
                weightDecay >= 0 && Double.isFinite(weightDecay),
                "--weight-decay must be a number >= 0",
                weightDecay);
        require(problems, beta1 >= 0 && beta1 < 1, "--beta1 must be in [0, 1)", beta1);
        require(problems, beta2 >= 0 && beta2 < 1, "--beta2 must be in [0, 1)", beta2);
        require(problems, clip > 0, "--clip must be > 0", clip);
        require(problems, accumulate >= 1, "--accumulate must be >= 1", accumulate);
        require(problems, dropout >= 0 && dropout < 1, "--dropout must be in [0, 1)", dropout);
        require(problems, guard > 0, "--guard must be > 0", guard);
    }

    private void checkRate(List<String> problems) {
        boolean positive = learningRate > 0 && Double.isFinite(learningRate);
        require(problems, positive, "--learning-rate must be a number > 0", learningRate);
        require(problems, warmup >= 0, "--warmup must be >= 0", warmup);
        if (minLearningRate != null) {
            require(
                    problems,
                    minLearningRate >= 0 && (minLearningRate <= learningRate || !positive),
                    "--min-learning-rate must be 0 to --learning-rate",
                    minLearningRate);
            require(
                    problems,
                    schedule != Decay.CONSTANT,
                    "--min-learning-rate is for a --schedule that falls",
                    minLearningRate);
        }
        if (decayShare != null) {
            require(problems, decayShare > 0 && decayShare <= 1, "--decay-share must be in (0, 1]", decayShare);
            require(problems, schedule == Decay.WSD, "--decay-share is for --schedule wsd", decayShare);
        }
    }

    private static void require(List<String> problems, boolean holds, String rule, Number value) {
        if (!holds) {
            problems.add(rule + ", got " + value);
        }
    }

    /**
     * What the options say.
     *
     * @param withinDocuments whether attention stays inside documents where --attention does not say
     */
    TrainingRecipe recipe(boolean withinDocuments) {
        return new TrainingRecipe(
                optimizer == Kind.MUON,
                learningRate,
                minLearningRate == null ? learningRate / 10 : minLearningRate,
                warmup,
                schedule,
                decayShare == null ? Schedule.DECAY_SHARE : decayShare,
                weightDecay,
                beta1,
                beta2,
                clip,
                accumulate,
                dropout,
                guard,
                recompute,
                attention == null ? withinDocuments : attention == Reach.DOCUMENT);
    }
}
