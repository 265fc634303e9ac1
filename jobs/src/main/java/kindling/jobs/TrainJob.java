package kindling.jobs;

import java.util.List;
import kindling.jobs.examples.Examples;
import kindling.jobs.examples.Mixed;
import kindling.jobs.examples.Shifted;
import kindling.jobs.examples.Windows;
import kindling.jobs.infer.Model;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.Mixture;
import kindling.jobs.shard.TokenShards;
import kindling.model.TransformerConfig;
import kindling.model.train.Weights;
import kindling.prep.shard.Packing;
import kindling.prep.token.Tokenizer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a decoder-only transformer on token shards, data-parallel, by averaging replicas. */
@Command(name = "train", description = "Train a transformer on token shards by parameter averaging.")
final class TrainJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    TrainingOptions training;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "DIR",
            description = "Token shards, from kindling tokenize.")
    InputPath input;

    @Option(
            names = "--model",
            paramLabel = "PRESET",
            description = "A preset, or a config.json; default ${DEFAULT-VALUE}.")
    String model = "nano";

    @Option(names = "--init", paramLabel = "DIR", description = "A checkpoint to start from instead of random weights.")
    InputPath init;

    @Option(
            names = "--sequence-length",
            description = "Tokens a sequence predicts; default: what the shards were made for, or the model's context.")
    Integer sequenceLength;

    @Option(
            names = "--packing",
            description =
                    "How documents become sequences: stream, document or best-fit; default: what tokenize was told.")
    Packing packing;

    @Option(
            names = "--windows",
            description =
                    "Where sequences of a stream start: aligned (every id is predicted once an epoch), or shifted (each time "
                            + "elsewhere, for texts that are read more than once); default ${DEFAULT-VALUE}.")
    Start windows = Start.ALIGNED;

    /** Where sequences of a stream start. */
    enum Start {
        ALIGNED,
        SHIFTED
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public void check(List<String> problems) {
        training.check(problems);
        try {
            int context = init == null
                    ? TrainingOptions.config(model).contextLength()
                    : Model.config(init).contextLength();
            if (sequenceLength != null && (sequenceLength < 1 || sequenceLength > context)) {
                problems.add("--sequence-length must be 1 to the model's context of %d, got %d"
                        .formatted(context, sequenceLength));
            }
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Run run) {
        Path folder = Storage.absolute(input.path());
        SharedTokenizer tokenizer = SharedTokenizer.read(input);
        Tokenizer parsed = tokenizer.get();
        TransformerConfig config = init == null
                ? TrainingOptions.config(model)
                        .withVocabularySize(parsed.size())
                        .withEndId(parsed.endOfText())
                : Model.config(init);
        if (config.vocabularySize() < parsed.size()) {
            throw new UserError("the checkpoint %s knows %d ids, but the shards have %d: tokenize with its tokenizer"
                    .formatted(init, config.vocabularySize(), parsed.size()));
        }
        if (init != null) {
            ShardTokenizer.requireOf(init, input);
        }
        int length = length(folder, config);
        training.train(
                run,
                config,
                () -> init == null ? Weights.initial(config, common.seed) : Model.parameters(init, config),
                examples(run, folder, length),
                length,
                wholeDocuments(folder),
                tokenizer,
                Json.object());
    }

    private Examples examples(Run run, Path folder, int length) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(run.spark().sparkContext());
        if (windows == Start.SHIFTED && (Mixture.isIn(folder) || packed(folder) != Packing.STREAM)) {
            throw new UserError("--windows shifted is for the shards of one corpus with --packing stream");
        }
        if (Mixture.isIn(folder)) {
            return Mixed.of(context, Mixture.open(folder), packing, length);
        }
        Windows aligned = Windows.of(context, TokenShards.open(folder), packed(folder), length);
        return windows == Start.SHIFTED ? new Shifted(aligned) : aligned;
    }

    /** How documents become sequences; of a mixture, whose corpora each say it themselves, streams. */
    private Packing packed(Path folder) {
        if (packing != null) {
            return packing;
        }
        return Mixture.isIn(folder) ? Packing.STREAM : TokenShards.packing(folder);
    }

    /** Whether best-fit packs them; documents of a mixture, if all of its corpora are packed so. */
    private boolean wholeDocuments(Path folder) {
        return (packing == null && Mixture.isIn(folder))
                ? Mixture.open(folder).corpora().stream()
                        .allMatch(corpus -> TokenShards.packing(new Path(corpus.folder())) == Packing.BEST_FIT)
                : packed(folder) == Packing.BEST_FIT;
    }

    private int length(Path shards, TransformerConfig config) {
        if (sequenceLength != null) {
            return sequenceLength;
        }
        int wanted = TokenShards.manifest(shards).path("sequence_length").asInt(config.contextLength());
        if (wanted > config.contextLength()) {
            throw new UserError("the shards are for sequences of %d tokens, the model reads %d: give --sequence-length"
                    .formatted(wanted, config.contextLength()));
        }
        return wanted;
    }
}
