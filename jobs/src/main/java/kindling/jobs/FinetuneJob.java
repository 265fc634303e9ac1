package kindling.jobs;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.PromptTemplate;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.shard.Encoded;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.shard.WrittenShards;
import kindling.jobs.train.PairExamples;
import kindling.model.TransformerConfig;
import kindling.prep.shard.TokenShard;
import kindling.prep.token.Tokenizer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Goes on training a checkpoint on pairs; only completions count for the loss. A document that is too long for the context is
 * cut at its end, a completion never: pairs whose completion alone does not fit are left out. The report counts both.
 */
@Command(name = "finetune", description = "Train a checkpoint on (document, summary) or (prompt, completion) pairs.")
final class FinetuneJob implements Job {
    private static final String RECORDS = "_records";
    private static final int PARTITIONS =
            8; // never --partitions, nor the files of the input: the order of pairs follows from it
    private static final int BYTES_PER_ID = 4; // records hold lengths besides ids

    @Mixin
    CommonOptions common;

    @Mixin
    TrainingOptions training;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description = "Rows {document or prompt, summary or completion}.")
    InputPath input;

    @Option(names = "--init", required = true, paramLabel = "DIR", description = "The checkpoint to start from.")
    InputPath init;

    @Option(
            names = "--prompt-template",
            description = "Text around {document}; default: for summaries; prompts stand alone.")
    String template;

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
        if (training.learning.attention == LearningOptions.Reach.DOCUMENT) {
            problems.add("--attention document is for train: every pair has a sequence of its own");
        }
        try {
            Model.config(init);
            if (template != null) {
                new PromptTemplate(template);
            }
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Run run) {
        SharedTokenizer tokenizer = SharedTokenizer.read(init);
        TransformerConfig config = Model.config(init);
        int length = config.contextLength();
        run.partitions(input);
        Dataset<Row> table = Tables.read(run.spark(), input);
        PromptTemplate around = template(table);
        TokenShards shards = records(run, table, tokenizer, around, length);
        PairExamples examples = new PairExamples(shards, length, tokenizer.get().endOfText());
        ObjectNode about = Json.object().put("prompt_template", around.text());
        training.train(run, config, () -> Model.parameters(init, config), examples, length, false, tokenizer, about);
        Storage.delete(run.file(RECORDS));
    }

    private PromptTemplate template(Dataset<Row> table) {
        if (template != null) {
            return new PromptTemplate(template);
        }
        return List.of(table.columns()).contains("prompt") ? new PromptTemplate("{document}") : PromptTemplate.SUMMARY;
    }

    private TokenShards records(
            Run run, Dataset<Row> table, SharedTokenizer tokenizer, PromptTemplate around, int length) {
        Column id = col(Tables.column(table, input, "id"));
        Column prompt = col(Tables.column(table, input, "prompt", "document"));
        Column completion = col(Tables.column(table, input, "completion", "summary"));
        Dataset<Row> pairs = table.select(id, prompt, completion)
                .na()
                .drop()
                .repartition(PARTITIONS, id)
                .sortWithinPartitions(id, prompt, completion);
        Broadcast<SharedTokenizer> sent =
                JavaSparkContext.fromSparkContext(run.spark().sparkContext()).broadcast(tokenizer);
        Path folder = run.file(RECORDS);
        Storage.delete(folder);
        TokenShards shards;
        try (WrittenShards all = WrittenShards.write(
                pairs,
                rows -> records(rows, sent.value().get(), around, length),
                folder,
                BYTES_PER_ID,
                TokenShards.ANY_NUMBER)) {
            shards = all.shards();
        }
        long written = shards.tokens() / PairExamples.recordLength(length);
        run.report().put("pairs_in", table.count()).put("pairs_used", written).phase("encode");
        return shards;
    }

    private static Iterator<Encoded> records(
            Iterator<Row> rows, Tokenizer tokenizer, PromptTemplate template, int length) {
        List<Encoded> records = new ArrayList<>();
        int around = template.length(tokenizer);
        rows.forEachRemaining(row -> {
            int[] document = tokenizer.encode(row.getString(1));
            int[] completion = PromptTemplate.completion(tokenizer, row.getString(2));
            int room = length + 1 - around - completion.length;
            if (room > 0) {
                int[] prompt = template.ids(tokenizer, document, room);
                int[] record = PairExamples.record(prompt, completion, length);
                records.add(Encoded.of(row.getString(0), TokenShard.bytes(record, BYTES_PER_ID)));
            }
        });
        return records.iterator();
    }
}
