package kindling.jobs.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kindling.jobs.UserError;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.prep.token.Tokenizer;
import org.apache.hadoop.fs.Path;

/**
 * How a model reads a conversation, as a Jinja template that lies beside it: the {@code chat_template} of its {@code tokenizer_config.json}, or {@code
 * chat_template.jinja}. The text is the one that Hugging Face's {@code apply_chat_template} gives.
 *
 * <pre>{@code
 * ChatTemplate.chatml(tokenizer).text(List.of(Message.user("Hi")), true);
 * // <|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n
 * }</pre>
 *
 * @param source the template
 * @param tokens the special tokens that it names: {@code bos_token}, {@code eos_token} …
 */
public record ChatTemplate(String source, Map<String, String> tokens) implements Serializable {
    /** The name of {@link #CHATML}. */
    public static final String CHATML_NAME = "chatml";

    /** OpenAI's format, as most models have it. */
    private static final String CHATML =
            "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private static final List<String> CHATML_TOKENS = List.of("<|im_start|>", "<|im_end|>");

    /** The file that tells of a tokenizer what {@code tokenizer.json} does not, its template among it. */
    public static final String CONFIG = "tokenizer_config.json";

    private static final String FILE = "chat_template.jinja";
    private static final String FIELD = "chat_template";

    public ChatTemplate {
        tokens = Map.copyOf(tokens);
    }

    /** @throws UserError when the tokenizer does not have its tokens */
    public static ChatTemplate chatml(Tokenizer tokenizer) {
        for (String token : CHATML_TOKENS) {
            if (tokenizer.id(token).isEmpty()) {
                throw new UserError(
                        "the tokenizer has no %s, which chatml needs: name a template of its own with --chat-template, or train one"
                                        .formatted(token)
                                + " with --special-tokens %s,%s"
                                        .formatted(Tokenizer.END_OF_TEXT, String.join(",", CHATML_TOKENS)));
            }
        }
        return new ChatTemplate(CHATML, Map.of());
    }

    /**
     * The template of a checkpoint, if it has one.
     *
     * @throws UserError when it has several, none of which is the default
     */
    public static Optional<ChatTemplate> in(InputPath checkpoint) {
        Path folder = Storage.absolute(checkpoint.path());
        Path file = new Path(folder, FILE);
        ObjectNode config = config(folder);
        Optional<String> source =
                Storage.exists(file) ? Optional.of(Storage.text(file)) : source(config.path(FIELD), folder);
        return source.map(text -> new ChatTemplate(text, tokens(config)));
    }

    /** The template in a file, with the special tokens of a checkpoint. */
    public static ChatTemplate in(InputPath checkpoint, String file) {
        Path path = Storage.absolute(file);
        if (!Storage.exists(path)) {
            throw new UserError(
                    "--chat-template is %s or a file with a Jinja template, got %s".formatted(CHATML_NAME, file));
        }
        return new ChatTemplate(Storage.text(path), tokens(config(Storage.absolute(checkpoint.path()))));
    }

    private static ObjectNode config(Path folder) {
        Path file = new Path(folder, CONFIG);
        return Storage.exists(file) ? Json.parse(Storage.text(file)) : Json.object();
    }

    private static Optional<String> source(JsonNode field, Path folder) {
        if (field.isTextual()) {
            return Optional.of(field.asText());
        }
        List<String> names = new ArrayList<>();
        for (JsonNode named : field) {
            if (named.path("name").asText().equals("default")) {
                return Optional.of(named.path("template").asText());
            }
            names.add(named.path("name").asText());
        }
        if (!names.isEmpty()) {
            throw new UserError(
                    "%s in %s has the chat templates %s and no default: write one into a file and name it with --chat-template"
                            .formatted(CONFIG, folder, names));
        }
        return Optional.empty();
    }

    /** All {@code …_token}s, each a text or {@code {"content": …}}. */
    private static Map<String, String> tokens(ObjectNode config) {
        Map<String, String> tokens = new TreeMap<>();
        config.properties().forEach(field -> {
            JsonNode content = field.getValue().isObject() ? field.getValue().path("content") : field.getValue();
            if (field.getKey().endsWith("_token") && content.isTextual()) {
                tokens.put(field.getKey(), content.asText());
            }
        });
        return tokens;
    }

    /** Writes the template into a checkpoint, beside its tokenizer, where other programs look for it. */
    public void write(Path folder) {
        ObjectNode config = Json.object().put("tokenizer_class", "PreTrainedTokenizerFast");
        tokens.forEach(config::put);
        Storage.write(new Path(folder, CONFIG), Json.text(config.put(FIELD, source)));
    }

    /**
     * The text of a conversation.
     *
     * @param addGenerationPrompt whether the beginning of a turn of the assistant ends it, for a model to go on from
     * @throws ChatTemplateException when the template refuses the conversation or cannot be understood
     */
    public String text(List<Message> conversation, boolean addGenerationPrompt) {
        return new ChatText(this).text(conversation, addGenerationPrompt);
    }
}
