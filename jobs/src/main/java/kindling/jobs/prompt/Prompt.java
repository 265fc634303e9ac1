package kindling.jobs.prompt;

import java.io.Serializable;
import java.util.function.Function;
import kindling.prep.token.Tokenizer;

/** How a text becomes what a model reads. Special tokens that a text spells are ordinary text. */
public interface Prompt extends Serializable {
    /**
     * Made once where texts are worked on.
     *
     * @param begin the ids that the model's texts begin with, where the prompt does not say
     * @return may throw {@link kindling.jobs.chat.ChatTemplateException} for a text that the chat template refuses
     */
    Function<String, int[]> encoder(Tokenizer tokenizer, int[] begin);

    /** An answer as it is written right behind the prompt. */
    String answer(String text);
}
