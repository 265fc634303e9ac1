package kindling.jobs.chat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kindling.jobs.chat.Message.Role;
import kindling.prep.jinja.JinjaException;
import kindling.prep.jinja.Template;

/** A chat template, parsed: conversations to text. */
final class ChatText {
    /** The day that templates may ask for: the one that Llama's name where nobody knows it. A fixed one, so that the same data gives the same ids. */
    private static final LocalDate DAY = LocalDate.of(2024, 7, 26);

    /** A message on its way through a template: its number and noncharacters, which no text should have. */
    private static final Pattern WRAPPED = Pattern.compile("\uFDD0(\\d+)\uFDD1.*?\uFDD2", Pattern.DOTALL);

    private static final Pattern NONCHARACTERS = Pattern.compile("[\uFDD0-\uFDD2]");

    private final Template template;
    private final Map<String, String> tokens;

    /** @throws ChatTemplateException when the template is not understood */
    ChatText(ChatTemplate template) {
        this.tokens = template.tokens();
        try {
            this.template = Template.parse(template.source());
        } catch (JinjaException e) {
            throw new ChatTemplateException(e.getMessage());
        }
    }

    /**
     * A stretch of a conversation's text.
     *
     * @param speaker of whose message it is; nobody's where the template wrote it
     */
    record Part(String text, Optional<Role> speaker) {
        static Part ofTemplate(String text) {
            return new Part(text, Optional.empty());
        }
    }

    String text(List<Message> conversation, boolean addGenerationPrompt) {
        Map<String, Object> variables = new HashMap<>(tokens);
        variables.put("messages", conversation.stream().map(ChatText::fields).toList());
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", addGenerationPrompt);
        try {
            return template.render(variables, DAY);
        } catch (JinjaException e) {
            throw new ChatTemplateException(e.getMessage());
        }
    }

    /** In this order, where a template writes them all. */
    private static Map<String, String> fields(Message message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("role", message.role().toString());
        fields.put("content", message.content());
        return fields;
    }

    /**
     * The same text in parts. Where messages stand in it is found with a second rendering, in which they are wrapped. A template may strip a message
     * or leave it out.
     *
     * @throws ChatTemplateException also when the template changes messages in other ways
     */
    List<Part> parts(List<Message> conversation, boolean addGenerationPrompt) {
        List<Message> said = new ArrayList<>();
        List<Message> wrapped = new ArrayList<>();
        for (Message message : conversation) {
            String content = NONCHARACTERS.matcher(message.content()).replaceAll("\uFFFD");
            wrapped.add(message.saying("\uFDD0" + said.size() + "\uFDD1" + content + "\uFDD2"));
            said.add(message.saying(content));
        }
        return parts(said, text(said, addGenerationPrompt), text(wrapped, addGenerationPrompt));
    }

    private static List<Part> parts(List<Message> said, String text, String wrapped) {
        List<Part> parts = new ArrayList<>();
        Matcher message = WRAPPED.matcher(wrapped);
        boolean found = message.find();
        String written = wrapped.substring(0, found ? message.start() : wrapped.length());
        require(text.startsWith(written));
        parts.add(Part.ofTemplate(written));
        int at = written.length();
        while (found) {
            Message original = said.get(Integer.parseInt(message.group(1)));
            int end = message.end();
            found = message.find();
            written = wrapped.substring(end, found ? message.start() : wrapped.length());
            String content = content(original.content(), written, text, at);
            parts.add(new Part(content, Optional.of(original.role())));
            parts.add(Part.ofTemplate(written));
            at += content.length() + written.length();
        }
        require(at == text.length());
        return parts;
    }

    /** What became of a message: behind it stands the text that the template wrote next. */
    private static String content(String content, String next, String text, int at) {
        Optional<String> found = Stream.of(
                        content,
                        Template.strip(content, true, true),
                        Template.strip(content, false, true),
                        Template.strip(content, true, false))
                .filter(candidate -> text.startsWith(candidate + next, at))
                .findFirst();
        require(found.isPresent());
        return found.orElseThrow();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new ChatTemplateException(
                    "the chat template changes a message elsewhere than at its ends, so that what the assistant says cannot be told");
        }
    }
}
