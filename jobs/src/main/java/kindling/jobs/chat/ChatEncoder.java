package kindling.jobs.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kindling.jobs.chat.Message.Role;
import kindling.jobs.examples.Lesson;
import kindling.jobs.io.Json;
import kindling.prep.jinja.Template;
import kindling.prep.token.SpecialTokens;
import kindling.prep.token.Tokenizer;

/**
 * Conversations to ids. What the template writes may name special tokens, what people say may not: {@code <|im_end|>} in a message is ordinary
 * text. Between two special tokens everything is encoded as one text, as Hugging Face's library does it, so that the ids are the same.
 */
public final class ChatEncoder {
    private static final String ADDED = "added_tokens";
    private static final Pattern LINE = Pattern.compile("line \\d+: ");

    /** Conversations in which a template writes what it writes around turns. */
    private static final List<List<Message>> SAMPLES = List.of(
            List.of(Message.user("?"), Message.assistant("!"), Message.user("?"), Message.assistant("!")),
            List.of(Message.system("?"), Message.user("?"), Message.assistant("!")));

    private final ChatText template;
    private final Tokenizer tokenizer;
    private final Map<String, Mark> marks;
    private final BitSet special = new BitSet();
    private final Pattern names;

    public ChatEncoder(ChatTemplate template, Tokenizer tokenizer) {
        this.template = new ChatText(template);
        this.tokenizer = withTurns(tokenizer, written());
        this.marks = Mark.all(this.tokenizer);
        marks.values().forEach(mark -> special.set(mark.id()));
        String longestFirst = marks.keySet().stream() // as the library does
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.names = Pattern.compile(marks.isEmpty() ? "(?!)" : longestFirst);
    }

    /**
     * A special token.
     *
     * @param before whether it swallows the white space before it
     * @param after whether it swallows the white space after it
     */
    private record Mark(int id, boolean before, boolean after) {
        static Map<String, Mark> all(Tokenizer tokenizer) {
            Map<String, Mark> marks = new HashMap<>();
            for (JsonNode token : Json.parse(tokenizer.json()).path(ADDED)) {
                String name = token.path("content").asText();
                if (token.path("special").asBoolean()) {
                    boolean before = token.path("lstrip").asBoolean();
                    boolean after = token.path("rstrip").asBoolean();
                    marks.put(name, new Mark(tokenizer.id(name).orElseThrow(), before, after));
                }
            }
            return marks;
        }
    }

    private String written() {
        return SAMPLES.stream()
                .map(sample -> written(sample, false) + written(sample.subList(0, 1), true))
                .collect(Collectors.joining());
    }

    private String written(List<Message> sample, boolean addGenerationPrompt) {
        try {
            return template.text(sample, addGenerationPrompt);
        } catch (ChatTemplateException e) {
            return ""; // not every template has turns of the system
        }
    }

    /** The same tokenizer, to which every added token that the template writes is a special one: it would find others in what people say. */
    private static Tokenizer withTurns(Tokenizer tokenizer, String written) {
        ObjectNode json = Json.parse(tokenizer.json());
        boolean changed = false;
        for (JsonNode token : json.path(ADDED)) {
            String name = token.path("content").asText(); // of Gemma's, some are line ends
            if (!token.path("special").asBoolean() && !name.isBlank() && written.contains(name)) {
                ((ObjectNode) token).put("special", true);
                changed = true;
            }
        }
        return changed ? Tokenizer.parse(Json.line(json)) : tokenizer;
    }

    /** The ids of a conversation up to where the assistant's next turn begins. */
    public int[] prompt(List<Message> conversation) {
        return encoded(template.parts(conversation, true)).ids();
    }

    /**
     * The ids of a conversation; predicted are the assistant's turns, each from its first token to the special token that ends it.
     *
     * @throws ChatTemplateException when the template refuses the conversation, or writes no special token behind a turn of the assistant
     */
    public Lesson lesson(List<Message> conversation) {
        return encoded(template.parts(conversation, false));
    }

    /** What became of asking for a lesson that was refused, without any word of its messages: what does not say the same of other words stays unsaid. */
    String refusal(List<Message> conversation, ChatTemplateException said) {
        try {
            lesson(conversation.stream().map(message -> message.saying("…")).toList());
        } catch (ChatTemplateException e) {
            if (e.getMessage().equals(said.getMessage())) {
                return said.getMessage();
            }
        }
        Matcher line = LINE.matcher(said.getMessage());
        return (line.lookingAt() ? line.group() : "") + "the template refuses what is said";
    }

    private Lesson encoded(List<ChatText.Part> parts) {
        Writer writer = new Writer();
        for (ChatText.Part part : parts) {
            if (part.speaker().isEmpty()) {
                writer.template(part.text());
            } else if (part.speaker().get() == Role.ASSISTANT) {
                writer.answer(part.text());
            } else {
                writer.say(part.text());
            }
        }
        return writer.lesson();
    }

    /** Puts the parts together. */
    private final class Writer {
        private int[] ids = new int[256];
        private int size;
        private final BitSet predicted = new BitSet();
        /** Text since the last special token: what is not predicted, and what is. */
        private final StringBuilder given = new StringBuilder();

        private final StringBuilder answered = new StringBuilder();
        private boolean answering;

        /** The special token behind which that text stands. */
        private String last = "";

        void say(String text) {
            requireEnded();
            given.append(text);
        }

        /** A word is written with the space before it: if the template puts one there, it is the first of the answer. */
        void answer(String text) {
            requireEnded();
            int end = given.length() - 1;
            if (end >= 0 && given.charAt(end) == ' ') {
                given.setLength(end);
                answered.append(' ');
            }
            answered.append(text);
            answering = true;
        }

        void template(String text) {
            Matcher found = names.matcher(text);
            int from = 0;
            while (found.find(from)) {
                Mark mark = marks.get(found.group());
                String between = text.substring(from, found.start());
                append(mark.before() ? Template.strip(between, false, true) : between);
                flush();
                add(mark.id(), answering);
                last = found.group();
                answering = false;
                from = found.end();
                while (mark.after() && from < text.length() && Character.isWhitespace(text.charAt(from))) {
                    from++;
                }
            }
            append(text.substring(from));
        }

        private void append(String text) {
            (answering ? answered : given).append(text);
        }

        /** Encodes the text as a whole; its answer begins with the first id that the rest of it would not have. */
        private void flush() {
            String whole = given.toString() + answered;
            boolean spelled = spellsSpecial(whole) || spellsSpecial(given.toString());
            int[] all = encode(whole, spelled);
            int common = answered.isEmpty() ? -1 : Arrays.mismatch(encode(given.toString(), spelled), all);
            int from = common < 0 ? all.length : common;
            for (int i = 0; i < all.length; i++) {
                add(all[i], i >= from);
            }
            given.setLength(0);
            answered.setLength(0);
        }

        private void add(int id, boolean isPredicted) {
            ids = size == ids.length ? Arrays.copyOf(ids, 2 * size) : ids;
            predicted.set(size, isPredicted);
            ids[size++] = id;
        }

        private void requireEnded() {
            if (answering) {
                throw new ChatTemplateException(
                        "the chat template writes no special token of the tokenizer behind a turn of the assistant, so that"
                                + " a model would not learn to end it: write one there, such as eos_token");
            }
        }

        Lesson lesson() {
            requireEnded();
            flush();
            return new Lesson(Arrays.copyOf(ids, size), predicted);
        }

        private int[] encode(String text, boolean spelled) {
            return spelled ? tokenizer.encode(text) : behindLast(text);
        }

        /** Whether somebody wrote the name of a special token, however that looks before it is normalized. */
        private boolean spellsSpecial(String text) {
            int[] found = special(behindLast(text));
            return found.length > 0 && !Arrays.equals(found, special(tokenizer.encode(text)));
        }

        private int[] special(int[] all) {
            return Arrays.stream(all).filter(special::get).toArray();
        }

        /** The ids behind the last special token: some tokenizers write the beginning of a text another way, and this is none. */
        private int[] behindLast(String text) {
            if (size == 0 || text.isEmpty()) {
                return tokenizer.encode(text);
            }
            int[] both = tokenizer.encode(last + text, SpecialTokens.IN_TEXT);
            return both[0] == ids[size - 1] ? Arrays.copyOfRange(both, 1, both.length) : tokenizer.encode(text);
        }
    }
}
