package kindling.jobs.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
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
 * new ChatEncoder(ChatTemplate.chatml(tokenizer), tokenizer).prompt(List.of(Message.user("Hi")));
 * // the ids of <|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n
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

    /** The file that a template may have for itself. */
    public static final String FILE = "chat_template.jinja";

    private static final String FIELD = "chat_template";
    private static final String CLASS = "tokenizer_class";
    private static final String END = "eos_token";
    private static final long LONGEST = 1 << 20; // bytes of a template: the longest of known models has 20 kB
    private static final long LONGEST_CONFIG = 1 << 24; // it may name every special token

    public ChatTemplate {
        tokens = Collections.unmodifiableMap(new TreeMap<>(tokens)); // in order, for a file that is the same each time
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
        Map<String, String> tokens = new TreeMap<>(Map.of(END, "<|im_end|>"));
        if (tokenizer.id(Tokenizer.END_OF_TEXT).isPresent()) {
            tokens.put("pad_token", Tokenizer.END_OF_TEXT);
        }
        return new ChatTemplate(CHATML, tokens);
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
                Storage.exists(file) ? Optional.of(text(file, LONGEST)) : source(config.path(FIELD), folder);
        return source.map(text -> new ChatTemplate(text, tokens(config)));
    }

    /** The template in a file, with the special tokens of a checkpoint. */
    public static ChatTemplate in(InputPath checkpoint, String file) {
        Path path = Storage.absolute(file);
        if (!Storage.exists(path)) {
            throw new UserError(
                    "--chat-template is %s or a file with a Jinja template, got %s".formatted(CHATML_NAME, file));
        }
        return new ChatTemplate(text(path, LONGEST), tokens(config(Storage.absolute(checkpoint.path()))));
    }

    private static ObjectNode config(Path folder) {
        Path file = new Path(folder, CONFIG);
        if (!Storage.exists(file)) {
            return Json.object();
        }
        try {
            return Json.parse(text(file, LONGEST_CONFIG));
        } catch (UncheckedIOException e) {
            throw new UserError("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static String text(Path file, long longest) {
        Long length = Storage.lengths(file.getParent()).get(file.getName());
        if (length == null || length > longest) {
            throw new UserError("%s must be a file of at most %,d bytes, it %s"
                    .formatted(file, longest, length == null ? "is a folder" : "has %,d".formatted(length)));
        }
        return Storage.text(file);
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

    /** The special token that ends a text of a checkpoint, or a turn, by its {@code tokenizer_config.json}, if that says so. */
    public static Optional<String> end(InputPath checkpoint) {
        return Optional.ofNullable(
                tokens(config(Storage.absolute(checkpoint.path()))).get(END));
    }

    /** The special token that ends a turn, if it is known. */
    public Optional<String> end() {
        return Optional.ofNullable(tokens.get(END));
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

    /**
     * Writes the template into a checkpoint's {@code tokenizer_config.json}, where other programs look for it.
     *
     * @param init the checkpoint whose fields that file has besides
     */
    public void write(InputPath init, Path folder) {
        ObjectNode config = config(Storage.absolute(init.path()));
        Map<String, String> known = tokens(config);
        tokens.forEach((name, token) -> {
            if (!token.equals(known.get(name))) {
                config.put(name, token);
            }
        });
        if (!config.has(CLASS)) {
            config.put(CLASS, "PreTrainedTokenizerFast");
        }
        Storage.write(new Path(folder, CONFIG), Json.text(config.put(FIELD, source)));
    }

    /**
     * The text of a conversation.
     *
     * @param addGenerationPrompt whether the beginning of a turn of the assistant ends it, for a model to go on from
     * @throws ChatTemplateException when the template refuses the conversation or cannot be understood
     */
    String text(List<Message> conversation, boolean addGenerationPrompt) {
        return new ChatText(this).text(conversation, addGenerationPrompt);
    }
}
