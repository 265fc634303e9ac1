package kindling.jobs;

import java.util.List;
import java.util.Locale;
import kindling.jobs.infer.Model;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Progress;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.score.Faithfulness;
import kindling.jobs.score.Leakage;
import kindling.jobs.score.RougeScores;
import kindling.jobs.score.ShardEvaluation;
import kindling.jobs.score.ShardLoss;
import kindling.jobs.score.Sheet;
import kindling.jobs.score.Surprises;
import kindling.jobs.shard.TokenShards;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Precision;
import kindling.prep.rouge.Rouge;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures predictions, a model or an evaluation set; one row for each item, the means in {@code _report.json}. */
@Command(
        name = "score",
        description =
                "Measure summaries (rouge, faithfulness), a model (perplexity, loss) or an evaluation set (leakage).")
final class ScoreJob implements Job {
    private static final List<String> METRICS = List.of("rouge", "faithfulness", "perplexity", "loss", "leakage");

    @Mixin
    CommonOptions common;

    @Option(names = "--metric", required = true, description = "rouge, faithfulness, perplexity, loss or leakage.")
    String metric;

    @Option(
            names = "--predictions",
            paramLabel = "PATH",
            description = "rouge: rows {id, output}; faithfulness: with their document.")
    InputPath predictions;

    @Option(names = "--references", paramLabel = "PATH", description = "rouge: rows {id, summary} or {id, summaries}.")
    InputPath references;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "perplexity: documents; loss: token shards; leakage: evaluation documents.")
    InputPath input;

    @Option(names = "--checkpoint", paramLabel = "DIR", description = "perplexity, loss: the model.")
    InputPath checkpoint;

    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "perplexity: float32 or int8, the weights that generate and summarize would use; default ${DEFAULT-VALUE}.")
    Precision weights = Precision.FLOAT32;

    @Option(
            names = "--sequence-length",
            description = "loss: ids of a window; default: what the shards were made for, or the model's context.")
    Integer sequenceLength;

    @Option(
            names = "--stride",
            paramLabel = "N",
            description =
                    "perplexity: ids from one window of a long text to the next; default: the model's context, windows that do not"
                            + " overlap. Half of it costs twice as much and lets each id see at least as much before it.")
    Integer stride;

    @Option(names = "--stem", description = "rouge: compare word stems (Porter).")
    boolean stem;

    @Option(
            names = "--tokens",
            description =
                    "rouge: ascii, words of a-z and 0-9 as rouge_score has them, or unicode, words of all scripts; default"
                            + " ${DEFAULT-VALUE}.")
    Rouge.Tokens tokens = Rouge.Tokens.ASCII;

    @Option(
            names = "--bootstrap-samples",
            paramLabel = "N",
            description = "rouge: samples that the intervals are found by, 0 for none; default ${DEFAULT-VALUE}.")
    int bootstrapSamples = 1000; // as rouge_score

    @Option(
            names = "--confidence",
            paramLabel = "X",
            description = "rouge: share of the samples between the bounds of an interval; default ${DEFAULT-VALUE}.")
    double confidence = 0.95;

    @Option(names = "--corpus", paramLabel = "PATH", description = "leakage: the documents that a model is trained on.")
    InputPath corpus;

    @Option(
            names = "--leak-ngram",
            paramLabel = "N",
            description = "leakage: words in a run that is looked for; default ${DEFAULT-VALUE}.")
    int leakNgram = 13; // Brown et al. (2020), appendix C

    @Option(
            names = "--leak-share",
            paramLabel = "X",
            description =
                    "leakage: share of a document's runs, 0 to 1, that the corpus must hold for it to count as leaked; 0: one run is"
                            + " enough; default ${DEFAULT-VALUE}.")
    double leakShare = 0.5; // a quotation is no leak, a document with some words changed is

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description = "parquet or jsonl; default ${DEFAULT-VALUE}.")
    String outputFormat = "parquet";

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        if (!METRICS.contains(metric)) {
            problems.add("--metric is one of %s, got %s".formatted(String.join(", ", METRICS), metric));
        }
        if (!Tables.FORMATS.contains(outputFormat)) {
            problems.add(
                    "--output-format is one of %s, got %s".formatted(String.join(", ", Tables.FORMATS), outputFormat));
        }
        if (sequenceLength != null && !metric.equals("loss")) {
            problems.add("--sequence-length is for --metric loss");
        }
        if (weights != Precision.FLOAT32 && !metric.equals("perplexity")) {
            problems.add("--weights is for --metric perplexity");
        }
        boolean leakage = metric.equals("leakage");
        boolean ofModel = metric.equals("perplexity") || metric.equals("loss");
        needs(problems, !ofModel && !leakage && predictions == null, "--predictions");
        needs(problems, metric.equals("rouge") && references == null, "--references");
        needs(problems, (ofModel || leakage) && input == null, "--input");
        needs(problems, ofModel && checkpoint == null, "--checkpoint");
        needs(problems, leakage && corpus == null, "--corpus");
        checkNumbers(problems);
    }

    private void checkNumbers(List<String> problems) {
        if (bootstrapSamples < 0) {
            problems.add("--bootstrap-samples must be >= 0, got " + bootstrapSamples);
        }
        if (!(confidence > 0 && confidence < 1)) {
            problems.add("--confidence must be in (0, 1), got " + confidence);
        }
        if (leakNgram < 1) {
            problems.add("--leak-ngram must be >= 1, got " + leakNgram);
        }
        if (!(leakShare >= 0 && leakShare <= 1)) {
            problems.add("--leak-share must be in [0, 1], got " + leakShare);
        }
        if (stride != null && stride < 1) {
            problems.add("--stride must be >= 1, got " + stride);
        }
    }

    private void needs(List<String> problems, boolean missing, String option) {
        if (missing) {
            problems.add("--metric %s needs %s".formatted(metric, option));
        }
    }

    @Override
    public void run(Run run) {
        switch (metric) {
            case "rouge" ->
                new RougeScores(
                                run.spark(),
                                new Rouge.Reading(stem, tokens),
                                new RougeScores.Sampling(bootstrapSamples, confidence, common.seed))
                        .write(predictions, references, sheet(run, predictions));
            case "faithfulness" -> Faithfulness.write(run.spark(), predictions, sheet(run, predictions));
            case "leakage" -> leakage(run);
            case "loss" -> loss(run);
            default -> perplexity(run);
        }
    }

    private Sheet sheet(Run run, InputPath scored) {
        return new Sheet(run.partitions(scored), run.folder(), outputFormat, run.report());
    }

    private void leakage(Run run) {
        Sheet sheet = sheet(run, input);
        run.partitions(corpus); // what is joined is as large as the corpus, the rows are not
        new Leakage(leakNgram, leakShare).write(run.spark(), input, corpus, sheet);
    }

    private void perplexity(Run run) {
        Model model = Model.read(checkpoint, weights);
        int context = model.shape().contextLength();
        if (stride != null && stride > context) {
            throw new UserError("--stride must be 1 to the model's context of %d, got %d".formatted(context, stride));
        }
        Surprises.write(run.spark(), input, model, stride == null ? context : stride, sheet(run, input));
    }

    private void loss(Run run) {
        TransformerConfig config = Model.config(checkpoint);
        Path folder = Storage.absolute(input.path());
        ShardTokenizer.requireOf(checkpoint, input);
        TokenShards shards = TokenShards.open(folder);
        int length = sequenceLength != null
                ? sequenceLength
                : TokenShards.manifest(folder).path("sequence_length").asInt(config.contextLength());
        if (length < 1 || length > config.contextLength()) {
            throw new UserError("--sequence-length must be 1 to the model's context of %d, got %d"
                    .formatted(config.contextLength(), length));
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(run.spark().sparkContext());
        ShardLoss loss = new ShardEvaluation(
                        context, config, shards, SharedTokenizer.read(checkpoint), length, Long.MAX_VALUE)
                .requireRoom()
                .of(Model.parameters(checkpoint, config));
        Progress.line(
                String.format(Locale.ROOT, "%s | val loss %.4f | %d tokens", run.name(), loss.mean(), loss.targets()));
        run.report()
                .put("loss", loss.mean())
                .put("tokens", loss.targets())
                .put("perplexity", loss.perplexity())
                .put("bits_per_byte", loss.bitsPerByte());
    }
}
