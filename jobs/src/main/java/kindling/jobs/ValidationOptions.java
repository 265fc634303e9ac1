package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.score.ShardEvaluation;
import kindling.jobs.score.ShardLoss;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.train.Evaluations;
import kindling.jobs.train.Plan;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;

/** What a training is judged by while it goes on. */
final class ValidationOptions {
    private static final long SEQUENCES = 1024;

    @Option(
            names = "--validation",
            paramLabel = "DIR",
            description =
                    "Token shards that are not trained on: their loss is told while training goes on, and the best model is kept in best/.")
    InputPath validation;

    @Option(
            names = "--validation-rounds",
            paramLabel = "N",
            description = "Rounds between two validations; default: about 100 steps.")
    Long rounds;

    @Option(
            names = "--validation-sequences",
            paramLabel = "N",
            description = "Sequences of a validation, evenly spread; default at most " + SEQUENCES + ".")
    Long sequences;

    @Option(
            names = "--early-stopping",
            paramLabel = "N",
            description = "End after N validations without a better one; default: never.")
    Integer patience;

    void check(List<String> problems) {
        if (validation == null && (rounds != null || sequences != null || patience != null)) {
            problems.add("--validation-rounds, --validation-sequences and --early-stopping need --validation");
        }
        for (Map.Entry<String, Number> option : Map.<String, Number>of(
                        "--validation-rounds", rounds == null ? 1 : rounds,
                        "--validation-sequences", sequences == null ? 1 : sequences,
                        "--early-stopping", patience == null ? 1 : patience)
                .entrySet()) {
            if (option.getValue().longValue() < 1) {
                problems.add("%s must be >= 1, got %s".formatted(option.getKey(), option.getValue()));
            }
        }
    }

    /**
     * @throws UserError when the shards are of another tokenizer, or make no sequence
     */
    Evaluations evaluations(
            JavaSparkContext context, Plan plan, SharedTokenizer tokenizer, Path folder, ObjectNode facts) {
        if (validation == null) {
            return Evaluations.none(plan);
        }
        Path shards = Storage.absolute(validation.path());
        if (!Digest.of(tokenizer.json())
                .equals(TokenShards.manifest(shards).path("tokenizer").asText())) {
            throw new UserError("--validation %s was made with another tokenizer: tokenize it with the one of --input"
                    .formatted(validation));
        }
        ShardEvaluation evaluation = new ShardEvaluation(
                        context,
                        plan.model(),
                        TokenShards.open(shards),
                        tokenizer,
                        plan.length(),
                        sequences == null ? SEQUENCES : sequences)
                .requireRoom();
        return new Evaluations(
                plan,
                folder,
                facts,
                rounds == null ? OptionalLong.empty() : OptionalLong.of(rounds),
                patience == null ? 0 : patience,
                parameters -> told(evaluation.of(parameters)));
    }

    private static Evaluations.Evaluation told(ShardLoss loss) {
        return new Evaluations.Evaluation(loss.mean(), loss.perplexity(), loss.bitsPerByte());
    }
}
