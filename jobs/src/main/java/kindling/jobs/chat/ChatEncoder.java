package kindling.jobs.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kindling.jobs.chat.Message.Role;
import kindling.jobs.io.Json;
import kindling.jobs.train.Lesson;
import kindling.prep.token.SpecialTokens;
import kindling.prep.token.Tokenizer;

/**
 * Conversations to ids. What the template writes may name special tokens, what people say may not: {@code <|im_end|>} in a message is ordinary
 * text. Between two special tokens everything is encoded as one text, as Hugging Face's library does it, so that the ids are the same.
 */
public final class ChatEncoder {
    private final ChatText template;
    private final Tokenizer tokenizer;
    private final Pattern special;

    public ChatEncoder(ChatTemplate template, Tokenizer tokenizer) {
        this.template = new ChatText(template);
        this.tokenizer = tokenizer;
        this.special = specialTokens(tokenizer);
    }

    /** Finds special tokens, with the white space that some of them swallow. */
    private static Pattern specialTokens(Tokenizer tokenizer) {
        List<JsonNode> added = new ArrayList<>();
        Json.parse(tokenizer.json()).path("added_tokens").forEach(added::add);
        String names = added.stream()
                .filter(token -> token.path("special").asBoolean())
                .sorted((a, b) -> Integer.compare(length(b), length(a))) // the longest that fits, as the library does
                .map(ChatEncoder::pattern)
                .collect(Collectors.joining("|"));
        return Pattern.compile(names.isEmpty() ? "(?!)" : names);
    }

    private static int length(JsonNode token) {
        return token.path("content").asText().length();
    }

    private static String pattern(JsonNode token) {
        String before = token.path("lstrip").asBoolean() ? "\\s*" : "";
        String after = token.path("rstrip").asBoolean() ? "\\s*" : "";
        return before + Pattern.quote(token.path("content").asText()) + after;
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

        void say(String text) {
            requireEnded();
            given.append(text);
        }

        /** A word is written with the space before it: if the template puts one there, it is the first of the answer. */
        void answer(String text) {
            requireEnded();
            int last = given.length() - 1;
            if (last >= 0 && given.charAt(last) == ' ') {
                given.setLength(last);
                answered.append(' ');
            }
            answered.append(text);
            answering = true;
        }

        void template(String text) {
            Matcher found = special.matcher(text);
            int from = 0;
            while (found.find()) {
                append(text.substring(from, found.start()));
                flush();
                add(tokenizer.id(found.group().strip()).orElseThrow(), answering);
                answering = false;
                from = found.end();
            }
            append(text.substring(from));
        }

        private void append(String text) {
            (answering ? answered : given).append(text);
        }

        /** Encodes the text as a whole; its answer begins with the first id that the rest of it would not have. */
        private void flush() {
            int[] all = encode(given.toString() + answered);
            int common = answered.isEmpty() ? -1 : Arrays.mismatch(encode(given.toString()), all);
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

        /** Where a tokenizer writes the beginning of a text another way, only the first is one. */
        private int[] encode(String text) {
            if (size == 0 || text.isEmpty() || special.matcher(text).find()) {
                return tokenizer.encode(text);
            }
            String before = tokenizer.decode(new int[] {tokenizer.endOfText()});
            int[] both = tokenizer.encode(before + text, SpecialTokens.IN_TEXT);
            return Arrays.copyOfRange(both, 1, both.length);
        }
    }
}
