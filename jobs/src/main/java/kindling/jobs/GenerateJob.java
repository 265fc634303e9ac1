package kindling.jobs;

import java.util.List;
import kindling.jobs.chat.ChatEncoder;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.chat.ChatTemplateException;
import kindling.jobs.chat.Message;
import kindling.jobs.infer.Continue;
import kindling.jobs.infer.Inference.TaskSource;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.PromptTemplate;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.model.generate.Decoding;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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

    @Mixin
    RowOptions rows;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "A checkpoint with its tokenizer.json.")
    InputPath checkpoint;

    @Option(
            names = "--template",
            description =
                    "plain: go on from the text; chat: answer it as a user's turn, by the checkpoint's chat template;"
                            + " default ${DEFAULT-VALUE}.")
    LessonOptions.Form form = LessonOptions.Form.PLAIN;

    @Option(
            names = "--prompt-template",
            description = "plain: text around {document}; default: the text is the prompt.")
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
        documents.check(problems);
        decoding.check(problems);
        rows.check(problems);
        if (form == LessonOptions.Form.CHAT && template != null) {
            problems.add("--prompt-template is for --template plain");
        }
        try {
            if (form == LessonOptions.Form.PLAIN) {
                around();
            } else {
                chat();
            }
            decoding.checkFits(problems, Model.config(checkpoint).contextLength());
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private PromptTemplate around() {
        return new PromptTemplate(template == null ? "{document}" : template);
    }

    private ChatTemplate chat() {
        ChatTemplate chat = ChatTemplate.in(checkpoint)
                .orElseThrow(() -> new UserError(
                        "%s has no chat template: --template chat is for checkpoints that were taught with one"
                                .formatted(checkpoint)));
        try {
            new ChatEncoder(chat, SharedTokenizer.read(checkpoint).get()).prompt(List.of(Message.user("question")));
        } catch (ChatTemplateException e) {
            throw new UserError("the chat template of %s cannot be used: %s".formatted(checkpoint, e.getMessage()));
        }
        return chat;
    }

    private TaskSource tasks(Broadcast<Model> model) {
        Decoding how = decoding.decoding();
        int batchSize = decoding.batchSize;
        long seed = common.seed;
        if (form == LessonOptions.Form.CHAT) {
            ChatTemplate chat = chat();
            return () -> new Continue(model.value(), chat, how, batchSize, seed);
        }
        PromptTemplate around = around();
        return () -> new Continue(model.value(), around, how, batchSize, seed);
    }

    @Override
    public void run(Run run) {
        Broadcast<Model> model =
                JavaSparkContext.fromSparkContext(run.spark().sparkContext()).broadcast(Model.read(checkpoint));
        rows.answer(run, documents, tasks(model), decoding.draws(), "text", "prompt", "document");
    }
}
