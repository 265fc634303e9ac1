package kindling.jobs.infer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import kindling.jobs.UserError;
import kindling.jobs.shard.Shard;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.train.Examples;
import kindling.jobs.train.Room;
import kindling.jobs.train.Windows;
import kindling.model.TransformerConfig;
import kindling.model.train.Learner;
import kindling.model.train.MemoryPlan;
import kindling.model.train.Step;
import kindling.prep.shard.Packing;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The mean loss of a model over token shards, cut in consecutive windows of T ids that each predict the next one: the figure that language models are
 * compared by, without draws. A shard's last id, its end of text, is never predicted.
 *
 * @param lossSum nats
 * @param targets ids that were predicted
 */
public record ShardLoss(double lossSum, long targets) implements Serializable {
    private static final int TOKENS = 2048; // of a batch: it decides speed, memory, and the last bits
    private static final int WINDOWS = 512; // of a task

    /** Nats for an id. */
    public double mean() {
        return lossSum / Math.max(1, targets);
    }

    /** What a task adds, by the number of its first window. */
    private record Part(long first, double lossSum, long targets) implements Serializable {}

    /**
     * Measures on executors; the same bits, however many there are.
     *
     * @param length T, at most the model's context
     * @throws UserError when the ids are not the model's, or there is no window of this length
     */
    public static ShardLoss of(
            JavaSparkContext context, TransformerConfig config, float[] parameters, TokenShards shards, int length) {
        if (shards.vocabularySize() > config.vocabularySize()) {
            throw new UserError("the shards %s have ids below %d, the model knows %d: tokenize with its tokenizer"
                    .formatted(shards.folder(), shards.vocabularySize(), config.vocabularySize()));
        }
        Windows windows = windows(shards, length);
        if (windows.size() == 0) {
            throw new UserError(
                    "%s makes no window of %d ids: lower --sequence-length".formatted(shards.folder(), length));
        }
        List<Long> firsts = LongStream.range(0, (windows.size() + WINDOWS - 1) / WINDOWS)
                .mapToObj(task -> task * WINDOWS)
                .toList();
        Room.require(
                context,
                firsts.size(),
                MemoryPlan.ofEvaluation(config, rows(length), length),
                "--sequence-length, fewer cores");
        String shape = config.toJson();
        Broadcast<float[]> theta = context.broadcast(parameters);
        List<Part> parts = new ArrayList<>(context.parallelize(firsts, firsts.size())
                .map(first -> part(TransformerConfig.fromJson(shape), theta.value(), windows, first))
                .collect());
        theta.destroy();
        parts.sort(Comparator.comparingLong(Part::first));
        ShardLoss sum = new ShardLoss(0, 0);
        for (Part part : parts) {
            sum = new ShardLoss(sum.lossSum + part.lossSum, sum.targets + part.targets);
        }
        return sum;
    }

    /** Windows of a batch: by their length alone, so that nothing else changes a bit. */
    private static int rows(int length) {
        return Math.max(1, TOKENS / length);
    }

    private static Windows windows(TokenShards shards, int length) {
        List<Long> sizes = shards.shards().stream()
                .map(Shard::tokens)
                .map(tokens -> Packing.size(tokens - 1, length)) // without the end of text
                .toList();
        return new Windows(shards, Packing.STREAM, length, sizes);
    }

    private static Part part(TransformerConfig config, float[] parameters, Windows windows, long first) {
        double lossSum = 0;
        long targets = 0;
        long end = Math.min(windows.size(), first + WINDOWS);
        int rows = rows(windows.length());
        try (Learner learner = Learner.forEvaluation(config, rows, windows.length());
                Examples.Reader reader = windows.open()) {
            learner.parameters(parameters);
            for (long from = first; from < end; from += rows) {
                long[] numbers =
                        LongStream.range(from, Math.min(end, from + rows)).toArray();
                Step step = learner.evaluate(reader.batch(numbers));
                lossSum += step.lossSum();
                targets += step.targets();
            }
        }
        return new Part(first, lossSum, targets);
    }
}
