package kindling.model.generate;

import java.util.Arrays;

/** A prompt and what has been written after it so far. */
final class Sequence {
    private final int promptLength;
    private final int[] ids;
    private int length;

    Sequence(int[] prompt, int maxNewTokens) {
        promptLength = prompt.length;
        ids = Arrays.copyOf(prompt, prompt.length + maxNewTokens);
        length = prompt.length;
    }

    private Sequence(Sequence other) {
        promptLength = other.promptLength;
        ids = other.ids.clone();
        length = other.length;
    }

    /** This sequence with one more id; this one stays as it is. */
    Sequence with(int id) {
        Sequence longer = new Sequence(this);
        longer.add(id);
        return longer;
    }

    void add(int id) {
        ids[length++] = id;
    }

    int id(int position) {
        return ids[position];
    }

    int last() {
        return ids[length - 1];
    }

    /** Prompt and new ids. */
    int length() {
        return length;
    }

    /** How many ids were written after the prompt. */
    int written() {
        return length - promptLength;
    }

    int[] writtenIds() {
        return Arrays.copyOfRange(ids, promptLength, length);
    }
}
