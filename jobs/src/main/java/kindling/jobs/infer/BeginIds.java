package kindling.jobs.infer;

import java.util.Arrays;
import kindling.prep.token.SpecialTokens;
import kindling.prep.token.Tokenizer;

/**
 * What a tokenizer's post-processor puts before a text, such as Llama's {@code <s>}: models that were published with it have never read a
 * text without. Those that were trained here never read it, whatever tokenizer they have: {@code tokenize} adds none by itself.
 */
@SuppressWarnings("ArrayRecordComponent") // an id or two, never compared
record BeginIds(int[] ids) {
    static final BeginIds NONE = new BeginIds(new int[0]);

    /** The ids that every text begins with, whatever it is. */
    static BeginIds of(Tokenizer tokenizer) {
        int[] empty = tokenizer.encode("", SpecialTokens.AROUND_TEXT);
        int[] some = tokenizer.encode("a", SpecialTokens.AROUND_TEXT);
        int differ = Arrays.mismatch(empty, some);
        return new BeginIds(Arrays.copyOf(empty, differ < 0 ? empty.length : differ));
    }

    /** The id right before a text. */
    int last(int otherwise) {
        return ids.length == 0 ? otherwise : ids[ids.length - 1];
    }
}
