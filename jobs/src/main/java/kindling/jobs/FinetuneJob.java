package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kindling.jobs.chat.ChatEncoder;
import kindling.jobs.chat.ChatLessons;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.chat.ChatTemplateException;
import kindling.jobs.chat.Message;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.PromptTemplate;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.train.LessonExamples;
import kindling.jobs.train.Windows;
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

    /** How text becomes what the model reads. */
    enum Form {
        PLAIN,
        CHAT
    }

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

    @Option(
            names = "--template",
            description =
                    "plain: text around the prompt; chat: turns of user and assistant; default: chat for rows of messages.")
    Form template;

    @Option(
            names = "--prompt-template",
            description = "plain: text around {document}; default: for summaries; prompts stand alone.")
    String promptTemplate;

    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description = "chat: a Jinja template, or chatml; default: the checkpoint's own, else chatml.")
    String chatTemplate;

    @Option(
            names = "--system",
            paramLabel = "TEXT",
            description = "chat: what the system says first where a row does not say it.")
    String system;

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
        boolean file = chatTemplate != null && !chatTemplate.equals(ChatTemplate.CHATML_NAME);
        return file
                ? Map.of(
                        "chat-template-digest",
                        Digest.of(ChatTemplate.in(init, chatTemplate).source()))
                : Map.of();
    }

    @Override
    public void check(List<String> problems) {
        training.check(problems);
        if (training.learning.attention != null) {
            problems.add("--attention is for train: pairs and conversations never see each other");
        }
        if (template == Form.PLAIN && (chatTemplate != null || system != null)) {
            problems.add("--chat-template and --system are for --template chat");
        }
        if (template == Form.CHAT && promptTemplate != null) {
            problems.add("--prompt-template is for --template plain");
        }
        try {
            Model.config(init);
            if (promptTemplate != null) {
                new PromptTemplate(promptTemplate);
            }
            if (template == Form.CHAT || chatTemplate != null) {
                chat(SharedTokenizer.read(init).get());
            }
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /**
     * The chat template that was asked for.
     *
     * @throws UserError when it does not work
     */
    private ChatTemplate chat(Tokenizer tokenizer) {
        ChatTemplate chat = named(tokenizer);
        try {
            new ChatEncoder(chat, tokenizer).lesson(List.of(Message.user("question"), Message.assistant("answer")));
        } catch (ChatTemplateException e) {
            throw new UserError(
                    "the chat template %s cannot be used: %s; write one without that into a file and name it with --chat-template"
                            .formatted(chatTemplate == null ? "of " + init : chatTemplate, e.getMessage()));
        }
        return chat;
    }

    private ChatTemplate named(Tokenizer tokenizer) {
        if (chatTemplate == null) {
            return ChatTemplate.in(init).orElseGet(() -> ChatTemplate.chatml(tokenizer));
        }
        return chatTemplate.equals(ChatTemplate.CHATML_NAME)
                ? ChatTemplate.chatml(tokenizer)
                : ChatTemplate.in(init, chatTemplate);
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
        Broadcast<SharedTokenizer> sent = context.broadcast(tokenizer);
        FinetuneRows.TeacherSource teachers =
                isChat(rows) ? chatTeachers(run, rows, sent, length + 1) : plainTeachers(about, rows, sent, length + 1);
        Path folder = run.file(LESSONS);
        Storage.delete(folder);
        Storage.delete(run.file("_rejected"));
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

    private boolean isChat(FinetuneRows rows) {
        if (rows.areConversations() && (template == Form.PLAIN || promptTemplate != null)) {
            throw new UserError(
                    "%s has rows of messages: --template plain and --prompt-template are for pairs".formatted(input));
        }
        boolean chat = rows.areConversations() || template == Form.CHAT;
        if (!chat && (chatTemplate != null || system != null)) {
            throw new UserError("%s has pairs: with --chat-template or --system give --template chat".formatted(input));
        }
        return chat;
    }

    private FinetuneRows.TeacherSource plainTeachers(
            ObjectNode about, FinetuneRows rows, Broadcast<SharedTokenizer> tokenizer, int room) {
        PromptTemplate around = promptTemplate != null
                ? new PromptTemplate(promptTemplate)
                : rows.havePrompts() ? new PromptTemplate("{document}") : PromptTemplate.SUMMARY;
        about.put("prompt_template", around.text());
        return () -> {
            PlainLessons lessons = new PlainLessons(tokenizer.value().get(), around, room);
            return row -> FinetuneRows.pair(row, lessons::of);
        };
    }

    /** The model keeps the template that it is taught with. */
    private FinetuneRows.TeacherSource chatTeachers(
            Run run, FinetuneRows rows, Broadcast<SharedTokenizer> tokenizer, int room) {
        ChatTemplate chat = chat(tokenizer.value().get());
        chat.write(run.folder());
        boolean conversations = rows.areConversations();
        String says = system; // an Optional does not travel
        return () -> {
            Tokenizer parsed = tokenizer.value().get();
            ChatEncoder encoder = new ChatEncoder(chat, parsed);
            ChatLessons lessons = new ChatLessons(encoder, parsed, Optional.ofNullable(says), room);
            return row -> conversations ? FinetuneRows.conversation(row, lessons) : FinetuneRows.pair(row, lessons::of);
        };
    }
}
