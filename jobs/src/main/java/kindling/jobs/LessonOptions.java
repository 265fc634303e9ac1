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
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.prompt.PromptTemplate;
import kindling.prep.token.Tokenizer;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Option;

/** How rows become what a model is taught with. */
final class LessonOptions {
    /** How text becomes what the model reads. */
    enum Form {
        PLAIN,
        CHAT
    }

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

    /** A template of the user's own counts by what it says. */
    Map<String, String> facts(InputPath init) {
        boolean file = chatTemplate != null && !chatTemplate.equals(ChatTemplate.CHATML_NAME);
        return file
                ? Map.of(
                        "chat-template-digest",
                        Digest.of(ChatTemplate.in(init, chatTemplate).source()))
                : Map.of();
    }

    /** @throws UserError when a template cannot be used */
    void check(List<String> problems, InputPath init) {
        if (template == Form.PLAIN && (chatTemplate != null || system != null)) {
            problems.add("--chat-template and --system are for --template chat");
        }
        if (template == Form.CHAT && promptTemplate != null) {
            problems.add("--prompt-template is for --template plain");
        }
        if (promptTemplate != null) {
            new PromptTemplate(promptTemplate);
        }
        if (template == Form.CHAT || chatTemplate != null) {
            chat(init, SharedTokenizer.read(init).get());
        }
    }

    /**
     * The template of conversations.
     *
     * @throws UserError when it cannot be used with this tokenizer
     */
    ChatTemplate chat(InputPath init, Tokenizer tokenizer) {
        ChatTemplate chat = named(init, tokenizer);
        try {
            new ChatEncoder(chat, tokenizer).lesson(List.of(Message.user("question"), Message.assistant("answer")));
        } catch (ChatTemplateException e) {
            throw new UserError(
                    "the chat template %s cannot be used: %s; write one without that into a file and name it with --chat-template"
                            .formatted(chatTemplate == null ? "of " + init : chatTemplate, e.getMessage()));
        }
        return chat;
    }

    private ChatTemplate named(InputPath init, Tokenizer tokenizer) {
        if (chatTemplate == null) {
            return ChatTemplate.in(init).orElseGet(() -> ChatTemplate.chatml(tokenizer));
        }
        return chatTemplate.equals(ChatTemplate.CHATML_NAME)
                ? ChatTemplate.chatml(tokenizer)
                : ChatTemplate.in(init, chatTemplate);
    }

    /**
     * Whether rows become conversations.
     *
     * @throws UserError when the options are not for such rows
     */
    boolean isChat(FinetuneRows rows, InputPath input) {
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

    /** @param about takes the template, for jobs that ask the model */
    FinetuneRows.TeacherSource plainTeachers(
            ObjectNode about, FinetuneRows rows, Broadcast<SharedTokenizer> tokenizer, int room) {
        PromptTemplate around = promptTemplate != null
                ? new PromptTemplate(promptTemplate)
                : rows.havePrompts() ? new PromptTemplate("{document}") : PromptTemplate.SUMMARY;
        about.put("prompt_template", around.text());
        try {
            tokenizer.value().get().endOfText();
        } catch (IllegalStateException e) {
            throw new UserError("a completion cannot be ended: " + e.getMessage());
        }
        return () -> {
            PlainLessons lessons = new PlainLessons(tokenizer.value().get(), around, room);
            return row -> FinetuneRows.pair(row, lessons::of);
        };
    }

    FinetuneRows.TeacherSource chatTeachers(
            ChatTemplate chat, FinetuneRows rows, Broadcast<SharedTokenizer> tokenizer, int room) {
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
