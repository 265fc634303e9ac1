package kindling.jobs.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kindling.jobs.UserError;
import kindling.jobs.examples.Examples;
import kindling.jobs.examples.Windows;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.shard.Shard;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.train.Room;
import kindling.jobs.train.Slices;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.train.Learner;
import kindling.model.train.MemoryPlan;
import kindling.model.train.Step;
import kindling.prep.shard.Packing;
import kindling.prep.token.Tokenizer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The mean loss of models over token shards, cut in consecutive windows of T ids that each predict the next one: the figure that language models are
 * compared by, without draws. A shard's last id, its end of text, is never predicted. Runs on the driver; executors measure, the same bits however
 * many there are.
 */
public final class ShardEvaluation {
    private static final int TOKENS = 2048; // of a batch: it decides speed, memory, and the last bits
    private static final int WINDOWS = 512; // of a task

    private final JavaSparkContext context;
    private final TransformerConfig config;
    private final Windows windows;
    private final long most;
    private final int[] byteLengths;

    /**
     * @param length T, at most the model's context
     * @param most windows, evenly spread over the shards
     * @throws UserError when the ids are not the model's, or there is no window of this length
     */
    public ShardEvaluation(
            JavaSparkContext context,
            TransformerConfig config,
            TokenShards shards,
            SharedTokenizer tokenizer,
            int length,
            long most) {
        if (shards.vocabularySize() > config.vocabularySize()) {
            throw new UserError("the shards %s have ids below %d, the model knows %d: tokenize with its tokenizer"
                    .formatted(shards.folder(), shards.vocabularySize(), config.vocabularySize()));
        }
        this.context = context;
        this.config = config;
        this.windows = windows(shards, length);
        this.most = Math.min(most, windows.size());
        if (windows.size() == 0) {
            throw new UserError(
                    "%s makes no window of %d ids: lower --sequence-length".formatted(shards.folder(), length));
        }
        Tokenizer known = tokenizer.get();
        this.byteLengths = IntStream.range(0, config.vocabularySize())
                .map(id -> id < known.size() ? known.byteLength(id) : 0)
                .toArray();
    }

    private static Windows windows(TokenShards shards, int length) {
        List<Long> sizes = shards.shards().stream()
                .map(Shard::tokens)
                .map(tokens -> Packing.size(tokens - 1, length)) // without the end of text
                .toList();
        return new Windows(shards, Packing.STREAM, length, sizes);
    }

    /**
     * Refuses what does not fit into an executor.
     *
     * @throws UserError with the numbers
     */
    public ShardEvaluation requireRoom() {
        MemoryPlan memory = MemoryPlan.ofEvaluation(config, rows(windows.length()), windows.length());
        Room.require(context, tasks(), memory, "--sequence-length, fewer cores");
        return this;
    }

    private int tasks() {
        return Math.toIntExact((most + WINDOWS - 1) / WINDOWS);
    }

    /** What a task adds, by its number. */
    private record Part(int task, ShardLoss loss) implements Serializable {}

    /** The loss of a model with these parameters. */
    public ShardLoss of(float[] parameters) {
        Work work = new Work(config.toJson(), windows, most, byteLengths);
        Broadcast<Slices> theta = context.broadcast(Slices.of(parameters));
        List<Integer> tasks = IntStream.range(0, tasks()).boxed().toList();
        List<Part> parts = new ArrayList<>(context.parallelize(tasks, tasks.size())
                .map(task -> new Part(task, work.of(theta.value().parameters(), task)))
                .collect());
        theta.destroy();
        return parts.stream()
                .sorted(Comparator.comparingInt(Part::task))
                .map(Part::loss)
                .reduce(ShardLoss.NONE, ShardLoss::plus);
    }

    /** Windows of a batch: by their length alone, so that nothing else changes a bit. */
    private static int rows(int length) {
        return Math.max(1, TOKENS / length);
    }

    /** What executors do. */
    @SuppressWarnings("ArrayRecordComponent") // as many numbers as the vocabulary has; never compared
    private record Work(String shape, Windows windows, long most, int[] byteLengths) implements Serializable {
        ShardLoss of(float[] parameters, int task) {
            TransformerConfig config = TransformerConfig.fromJson(shape);
            long end = Math.min(most, (task + 1L) * WINDOWS);
            int rows = rows(windows.length());
            ShardLoss sum = ShardLoss.NONE;
            try (Learner learner = Learner.forEvaluation(config, rows, windows.length());
                    Examples.Reader reader = windows.open()) {
                learner.parameters(parameters);
                for (long from = (long) task * WINDOWS; from < end; from += rows) {
                    Batch batch = reader.batch(LongStream.range(from, Math.min(end, from + rows))
                            .map(this::window)
                            .toArray());
                    Step step = learner.evaluate(batch);
                    sum = sum.plus(new ShardLoss(step.lossSum(), step.targets(), bytes(batch)));
                }
            }
            return sum;
        }

        private long window(long number) {
            return number * (windows.size() / most) + number * (windows.size() % most) / most;
        }

        private long bytes(Batch batch) {
            long bytes = 0;
            for (int target : batch.targets()) {
                bytes += target == Batch.IGNORED ? 0 : byteLengths[target];
            }
            return bytes;
        }
    }
}
