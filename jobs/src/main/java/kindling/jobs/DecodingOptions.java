package kindling.jobs;

import java.util.ArrayList;
import java.util.List;
import kindling.model.generate.Decoding;
import kindling.model.tensor.Precision;
import picocli.CommandLine.Option;

/** How a model writes; names and meanings are Hugging Face's. */
final class DecodingOptions {
    @Option(names = "--decoding", description = "greedy, sample or beam; default ${DEFAULT-VALUE}.")
    String decoding = "greedy";

    @Option(names = "--max-new-tokens", description = "Longest answer; default ${DEFAULT-VALUE}.")
    int maxNewTokens = 64;

    @Option(names = "--min-new-tokens", description = "Shortest answer; default ${DEFAULT-VALUE}.")
    int minNewTokens = 0;

    @Option(names = "--temperature", description = "sample: below 1 is more certain; default ${DEFAULT-VALUE}.")
    double temperature = 1;

    @Option(
            names = "--top-k",
            description = "sample: choose among the k likeliest, 0 for all; default ${DEFAULT-VALUE}.")
    int topK = 0;

    @Option(
            names = "--top-p",
            description = "sample: choose among the likeliest that make up p; default ${DEFAULT-VALUE}.")
    double topP = 1;

    @Option(
            names = "--min-p",
            description = "sample: leave out what is less likely than p times the likeliest; default ${DEFAULT-VALUE}.")
    double minP = 0;

    @Option(
            names = "--repetition-penalty",
            description = "Above 1: tokens that came before are less likely; default ${DEFAULT-VALUE}.")
    double repetitionPenalty = 1;

    @Option(
            names = "--no-repeat-ngram-size",
            description = "No run of n tokens comes twice, 0 for no such rule; default ${DEFAULT-VALUE}.")
    int noRepeatNgramSize = 0;

    @Option(names = "--num-beams", description = "beam: continuations kept side by side; default ${DEFAULT-VALUE}.")
    int numBeams = 4;

    @Option(names = "--length-penalty", description = "beam: above 0 favours longer answers; default ${DEFAULT-VALUE}.")
    double lengthPenalty = 1;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "Answers end before this text; may be given several times.")
    List<String> stop = new ArrayList<>();

    @Option(
            names = "--choices",
            split = ",",
            paramLabel = "A,B",
            description =
                    "Answers are one of these and nothing else, encoded as they are given. greedy decides at the first"
                            + " token in which they differ; beam, with as many beams as choices, by the whole text.")
    List<String> choices = new ArrayList<>();

    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "float32: the weights of products as they are; int8: as whole numbers with a factor for each row of a matrix, a"
                            + " quarter of the memory and faster for few rows, not quite the same answers; default ${DEFAULT-VALUE}.")
    Precision weights = Precision.FLOAT32;

    @Option(
            names = "--batch-size",
            descriptionKey = CommonOptions.LAYOUT,
            description = "Rows that are written at once; never changes what is written; default ${DEFAULT-VALUE}.")
    int batchSize = 16;

    void check(List<String> problems) {
        if (batchSize < 1) {
            problems.add("--batch-size must be >= 1, got " + batchSize);
        }
        try {
            decoding();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /** Whether a row's answer depends on the seed of its id. */
    boolean draws() {
        return decoding.equals(Decoding.SAMPLE);
    }

    Decoding decoding() {
        return new Decoding(
                decoding,
                maxNewTokens,
                minNewTokens,
                temperature,
                topK,
                topP,
                minP,
                repetitionPenalty,
                noRepeatNgramSize,
                decoding.equals(Decoding.BEAM) ? numBeams : 1,
                lengthPenalty,
                -1,
                stop,
                choices);
    }

    /** Adds a problem when no prompt fits beside the longest answer. */
    void checkFits(List<String> problems, int contextLength) {
        if (maxNewTokens >= contextLength) {
            problems.add("--max-new-tokens must be below the model's context of %d, got %d"
                    .formatted(contextLength, maxNewTokens));
        }
    }
}
