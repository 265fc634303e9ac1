package kindling.jobs.examples;

import java.util.BitSet;

/**
 * A pair or a conversation as a model reads it, and what of it the model is to predict.
 *
 * @param ids one after the other
 * @param predicted the places of ids that count for the loss
 */
@SuppressWarnings("ArrayRecordComponent") // ids on their way into a file
public record Lesson(int[] ids, BitSet predicted) {

    /** A prompt with its completion, of which the completion is predicted. */
    public static Lesson of(int[] prompt, int[] completion) {
        int[] ids = new int[prompt.length + completion.length];
        System.arraycopy(prompt, 0, ids, 0, prompt.length);
        System.arraycopy(completion, 0, ids, prompt.length, completion.length);
        BitSet predicted = new BitSet();
        predicted.set(prompt.length, ids.length);
        return new Lesson(ids, predicted);
    }

    /** As it lies in a shard: twice each id, one more where it is predicted. */
    public int[] marked() {
        int[] marked = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            marked[i] = 2 * ids[i] + (predicted.get(i) ? 1 : 0);
        }
        return marked;
    }
}
