package kindling.jobs;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.Perplexity;
import kindling.jobs.infer.ShardEvaluation;
import kindling.jobs.infer.ShardLoss;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Progress;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.shard.TokenShards;
import kindling.model.TransformerConfig;
import kindling.prep.summary.Rouge;
import kindling.prep.summary.Support;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures predictions or a model; one row for each item, the means in {@code _report.json}. */
@Command(name = "score", description = "Measure summaries (rouge, faithfulness) or a model (perplexity, loss).")
final class ScoreJob implements Job {
    private static final List<String> METRICS = List.of("rouge", "faithfulness", "perplexity", "loss");
    private static final List<String> ROUGE = List.of("rouge1", "rouge2", "rougeL", "rougeLsum");
    private static final int EXAMPLES = 5;

    @Mixin
    CommonOptions common;

    @Option(names = "--metric", required = true, description = "rouge, faithfulness, perplexity or loss.")
    String metric;

    @Option(
            names = "--predictions",
            paramLabel = "PATH",
            description = "rouge: rows {id, output}; faithfulness: with their document.")
    InputPath predictions;

    @Option(names = "--references", paramLabel = "PATH", description = "rouge: rows {id, summary} or {id, summaries}.")
    InputPath references;

    @Option(names = "--input", paramLabel = "PATH", description = "perplexity: documents; loss: token shards.")
    InputPath input;

    @Option(names = "--checkpoint", paramLabel = "DIR", description = "perplexity, loss: the model.")
    InputPath checkpoint;

    @Option(
            names = "--sequence-length",
            description = "loss: ids of a window; default: what the shards were made for, or the model's context.")
    Integer sequenceLength;

    @Option(names = "--stem", description = "rouge: compare word stems (Porter).")
    boolean stem;

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
        boolean ofModel = metric.equals("perplexity") || metric.equals("loss");
        if (sequenceLength != null && !metric.equals("loss")) {
            problems.add("--sequence-length is for --metric loss");
        }
        needs(problems, !ofModel && predictions == null, "--predictions");
        needs(problems, metric.equals("rouge") && references == null, "--references");
        needs(problems, ofModel && input == null, "--input");
        needs(problems, ofModel && checkpoint == null, "--checkpoint");
    }

    private void needs(List<String> problems, boolean missing, String option) {
        if (missing) {
            problems.add("--metric %s needs %s".formatted(metric, option));
        }
    }

    @Override
    public void run(Run run) {
        switch (metric) {
            case "rouge" -> rouge(run);
            case "faithfulness" -> faithfulness(run);
            case "loss" -> loss(run);
            default -> perplexity(run);
        }
    }

    private void rouge(Run run) {
        Dataset<Row> predicted = Tables.read(run.spark(), predictions);
        Dataset<Row> wanted = Tables.read(run.spark(), references);
        Column output = col(Tables.column(predicted, predictions, "output"));
        String summary = Tables.column(wanted, references, "summaries", "summary");
        Column summaries = summary.equals("summaries") ? col(summary) : array(col(summary));
        Dataset<Row> pairs = predicted
                .select(col("id").cast("string").as("id"), output.as("output"))
                .join(
                        wanted.select(
                                col("id").cast("string").as("id"),
                                array_compact(summaries).as("summaries"),
                                source(wanted)),
                        "id")
                .filter(size(col("summaries")).gt(0));
        boolean stemmed = stem;
        StructType schema = new StructType()
                .add("id", DataTypes.StringType)
                .add("output", DataTypes.StringType)
                .add("reference", DataTypes.StringType)
                .add("source", DataTypes.StringType);
        for (String name : ROUGE) {
            schema = schema.add(name, DataTypes.DoubleType);
        }
        MapFunction<Row, Row> score = row -> rouge(row, stemmed);
        Dataset<Row> rows = placed(run, pairs, predictions)
                .map(score, Encoders.row(schema))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(rows, run.folder(), outputFormat);
        ObjectNode means = Json.object();
        for (String name : ROUGE) {
            means.put(name, mean(rows, name));
        }
        run.report()
                .put("predictions", predicted.count())
                .put("references", wanted.count())
                .put("scored", rows.count())
                .put("f1", means)
                .put("examples", examples(rows));
        rows.unpersist();
    }

    /** Where a reference comes from, when its table says so; else its id. */
    private static Column source(Dataset<Row> references) {
        return col(List.of(references.columns()).contains("source") ? "source" : "id")
                .as("source");
    }

    private static Row rouge(Row row, boolean stem) {
        String prediction = row.isNullAt(1) ? "" : row.getString(1);
        List<String> references = row.getList(2);
        Rouge.Scores scores = Rouge.best(references, prediction, stem);
        return RowFactory.create(
                row.getString(0),
                prediction,
                references.get(0),
                row.getString(3),
                scores.rouge1().f1(),
                scores.rouge2().f1(),
                scores.rougeL().f1(),
                scores.rougeLsum().f1());
    }

    private static ArrayNode examples(Dataset<Row> rows) {
        ArrayNode examples = Json.object().putArray("examples");
        rows.orderBy("id")
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> examples.addObject()
                        .put("id", row.getString(0))
                        .put("output", row.getString(1))
                        .put("reference", row.getString(2))
                        .put("source", row.getString(3)));
        return examples;
    }

    private void faithfulness(Run run) {
        Dataset<Row> table = Tables.read(run.spark(), predictions);
        Dataset<Row> pairs = table.select(
                col("id").cast("string").as("id"),
                col(Tables.column(table, predictions, "document", "text")).as("source"),
                col(Tables.column(table, predictions, "output", "summary")).as("output"));
        StructType schema = new StructType().add("id", DataTypes.StringType).add("support", DataTypes.DoubleType);
        MapFunction<Row, Row> score =
                row -> RowFactory.create(row.getString(0), support(row.getString(1), row.getString(2)));
        Dataset<Row> rows = placed(run, pairs, predictions)
                .map(score, Encoders.row(schema))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(rows, run.folder(), outputFormat);
        run.report().put("scored", rows.count()).put("support", mean(rows, "support"));
        rows.unpersist();
    }

    private static double support(String source, String output) {
        return source == null || output == null ? 0 : Support.of(source, output);
    }

    private void perplexity(Run run) {
        Dataset<Row> table = Tables.read(run.spark(), input);
        Dataset<Row> texts = table.select(
                col(Tables.column(table, input, "id")).cast("string").as("id"),
                col(Tables.column(table, input, "text", "document")).as("text"));
        Broadcast<Model> model =
                JavaSparkContext.fromSparkContext(run.spark().sparkContext()).broadcast(Model.read(checkpoint));
        StructType schema = new StructType()
                .add("id", DataTypes.StringType)
                .add("loss_sum", DataTypes.DoubleType)
                .add("tokens", DataTypes.LongType)
                .add("bytes", DataTypes.LongType);
        MapPartitionsFunction<Row, Row> score = rows -> surprises(rows, model.value());
        Dataset<Row> rows = placed(run, texts, input)
                .mapPartitions(score, Encoders.row(schema))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(rows, run.folder(), outputFormat);
        // Summed in the order of ids: the same bits, however the rows were laid out.
        Perplexity.Surprise total = rows.orderBy("id").collectAsList().stream()
                .map(row -> new Perplexity.Surprise(row.getDouble(1), row.getLong(2), row.getLong(3)))
                .reduce(new Perplexity.Surprise(0, 0, 0), Perplexity.Surprise::plus);
        run.report()
                .put("scored", rows.count())
                .put("tokens", total.tokens())
                .put("perplexity", total.perplexity())
                .put("bits_per_byte", total.bitsPerByte());
        rows.unpersist();
    }

    private static Iterator<Row> surprises(Iterator<Row> rows, Model model) {
        List<Row> scored = new ArrayList<>();
        try (Perplexity perplexity = new Perplexity(model)) {
            rows.forEachRemaining(row -> {
                Perplexity.Surprise surprise = perplexity.of(row.getString(1));
                scored.add(
                        RowFactory.create(row.getString(0), surprise.lossSum(), surprise.tokens(), surprise.bytes()));
            });
        }
        return scored.iterator();
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

    private static Dataset<Row> placed(Run run, Dataset<Row> rows, InputPath input) {
        return rows.repartition(run.partitions(input), col("id")).sortWithinPartitions("id");
    }

    /** Summed in the order of ids: the same bits, however the rows were laid out. */
    private static double mean(Dataset<Row> rows, String column) {
        return rows.orderBy("id").select(column).collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .average()
                .orElse(0);
    }
}
