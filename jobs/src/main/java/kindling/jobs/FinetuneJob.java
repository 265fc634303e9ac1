package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import kindling.jobs.infer.Model;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.train.LessonExamples;
import kindling.jobs.train.Windows;
import kindling.model.TransformerConfig;
import kindling.prep.shard.Packing;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Goes on training a checkpoint on pairs or conversations; only what the model is to say counts for the loss. What is too long for the context is cut:
 * a prompt at its end, a conversation at its beginning, an answer never. What cannot be taught stands in the ledger with its reason.
 */
@Command(
        name = "finetune",
        description = "Train a checkpoint on (document, summary) or (prompt, completion) pairs, or on conversations.")
final class FinetuneJob implements Job {
    private static final String LESSONS = "_lessons";

    /** What shares a sequence. */
    enum Share {
        PAIRS,
        NONE
    }

    @Mixin
    CommonOptions common;

    @Mixin
    TrainingOptions training;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description =
                    "Rows {document or prompt, summary or completion}, or {messages}: a list of {role, content} each.")
    InputPath input;

    @Option(names = "--init", required = true, paramLabel = "DIR", description = "The checkpoint to start from.")
    InputPath init;

    @Mixin
    LessonOptions lessons;

    @Option(
            names = "--packing",
            description =
                    "pairs: several in one sequence, best-fit, that do not see each other; none; default ${DEFAULT-VALUE}.")
    Share packing = Share.PAIRS;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public Map<String, String> facts() {
        return lessons.facts(init);
    }

    @Override
    public void check(List<String> problems) {
        training.check(problems);
        if (training.learning.attention != null) {
            problems.add("--attention is for train: pairs and conversations never see each other");
        }
        try {
            Model.config(init);
            lessons.check(problems, init);
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
        FinetuneRows rows = FinetuneRows.read(run.spark(), input);
        ObjectNode about = Json.object();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(run.spark().sparkContext());
        FinetuneRows.TeacherSource teachers = lessons.isChat(rows, input)
                ? lessons.chatTeachers(run, rows, init, context.broadcast(tokenizer), length + 1)
                : lessons.plainTeachers(about, rows, context.broadcast(tokenizer), length + 1);
        Path folder = run.file(LESSONS);
        Storage.delete(folder);
        TokenShards shards = rows.write(run, folder, teachers);
        boolean shared = packing == Share.PAIRS;
        Windows windows = Windows.of(context, shards, shared ? Packing.BEST_FIT : Packing.DOCUMENT, length);
        training.train(
                run,
                config,
                () -> Model.parameters(init, config),
                new LessonExamples(windows),
                length,
                shared,
                tokenizer,
                about);
        Storage.delete(folder);
    }
}
