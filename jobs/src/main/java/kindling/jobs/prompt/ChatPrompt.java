package kindling.jobs.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kindling.jobs.chat.ChatEncoder;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.chat.Message;
import kindling.prep.token.Tokenizer;

/**
 * A text as what a user says, after what the system says and after examples of how the assistant answers.
 *
 * @param system "" for nothing
 */
public record ChatPrompt(ChatTemplate template, String system, List<Example> examples) implements Prompt {
    public ChatPrompt {
        examples = List.copyOf(examples);
    }

    /** The template says what stands before a text. */
    @Override
    public Function<String, int[]> encoder(Tokenizer tokenizer, int[] begin) {
        ChatEncoder encoder = new ChatEncoder(template, tokenizer);
        return text -> encoder.prompt(conversation(text));
    }

    @Override
    public String answer(String text) {
        return text;
    }

    private List<Message> conversation(String text) {
        List<Message> turns = new ArrayList<>();
        if (!system.isEmpty()) {
            turns.add(Message.system(system));
        }
        for (Example example : examples) {
            turns.add(Message.user(example.document()));
            turns.add(Message.assistant(example.answer()));
        }
        turns.add(Message.user(text));
        return turns;
    }
}
