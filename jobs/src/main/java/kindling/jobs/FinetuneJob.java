package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.examples.LessonExamples;
import kindling.jobs.examples.Windows;
import kindling.jobs.infer.Model;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.StoredCheckpoint;
import kindling.jobs.shard.TokenShards;
import kindling.model.TransformerConfig;
import kindling.prep.shard.Packing;
import kindling.prep.token.Tokenizer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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

    /** Files that may name another end of a turn than the template has. */
    private static final List<String> NAME_THE_END = List.of("special_tokens_map.json", "generation_config.json");

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
        } catch (UserError | IllegalArgumentException | IllegalStateException e) {
            problems.add(e.getMessage());
        }
    }

    /** The model keeps the template that it is taught with, and what its tokenizer knew besides. */
    private void writeTemplate(ChatTemplate chat, Path folder) {
        boolean sameEnd = chat.end().equals(ChatTemplate.end(init));
        List<String> kept = ConvertJob.BESIDE_TOKENIZER.stream()
                .filter(name -> !name.equals(ChatTemplate.FILE)) // it would come before the one that is written
                .filter(name -> sameEnd || !NAME_THE_END.contains(name))
                .toList();
        StoredCheckpoint.of(init).copy(kept, folder);
        chat.write(init, folder);
    }

    /** What other programs stop at is what is taught to end a turn. */
    private static TransformerConfig ending(TransformerConfig config, ChatTemplate chat, Tokenizer tokenizer) {
        OptionalInt end = chat.end().map(tokenizer::id).orElse(OptionalInt.empty());
        return end.isPresent() ? config.withEndId(end.getAsInt()) : config;
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
        Broadcast<SharedTokenizer> shared = context.broadcast(tokenizer);
        Optional<ChatTemplate> chat =
                lessons.isChat(rows, input) ? Optional.of(lessons.chat(init, tokenizer.get())) : Optional.empty();
        chat.ifPresentOrElse(
                template -> writeTemplate(template, run.folder()),
                () -> StoredCheckpoint.of(init).copy(ConvertJob.BESIDE_TOKENIZER, run.folder()));
        FinetuneRows.TeacherSource teachers = chat.map(
                        template -> lessons.chatTeachers(template, rows, shared, length + 1))
                .orElseGet(() -> lessons.plainTeachers(about, rows, shared, length + 1));
        Path folder = run.file(LESSONS);
        Storage.delete(folder);
        TokenShards shards = rows.write(run, folder, teachers);
        boolean together = packing == Share.PAIRS;
        Windows windows = Windows.of(context, shards, together ? Packing.BEST_FIT : Packing.DOCUMENT, length);
        training.train(
                run,
                chat.map(template -> ending(config, template, tokenizer.get())).orElse(config),
                () -> Model.parameters(init, config),
                new LessonExamples(windows),
                length,
                together,
                tokenizer,
                about);
        Storage.delete(folder);
    }
}
