package kindling.jobs;

import java.util.List;
import kindling.jobs.infer.Continue;
import kindling.jobs.infer.Inference;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.PromptTemplate;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Tables;
import kindling.model.generate.Decoding;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A checkpoint's continuation of every row of a table. */
@Command(name = "generate", description = "Continue the text of every row with a checkpoint.")
final class GenerateJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    DecodingOptions decoding;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "A checkpoint with its tokenizer.json.")
    InputPath checkpoint;

    @Option(names = "--prompt-template", description = "Text around {document}; default: the text is the prompt.")
    String template = "{document}";

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        decoding.check(problems);
        try {
            new PromptTemplate(template);
            decoding.checkFits(problems, Model.config(checkpoint).contextLength());
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Run run) {
        Dataset<Row> table = Tables.read(run.spark(), documents.input);
        Broadcast<Model> model =
                JavaSparkContext.fromSparkContext(run.spark().sparkContext()).broadcast(Model.read(checkpoint));
        PromptTemplate around = new PromptTemplate(template);
        Decoding how = decoding.decoding();
        int batchSize = decoding.batchSize;
        long seed = common.seed;
        Inference.run(
                table,
                Tables.column(table, documents.input, "id"),
                Tables.column(table, documents.input, "text", "prompt", "document"),
                run.partitions(documents.input),
                () -> new Continue(model.value(), around, how, batchSize, seed),
                run.folder(),
                documents.outputFormat,
                run.report());
    }
}
