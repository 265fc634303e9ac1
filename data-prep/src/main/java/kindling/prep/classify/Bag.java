package kindling.prep.classify;

/**
 * What a classifier sees of a text: the features that occur in it, and how much each counts. The order of the words is
 * lost.
 *
 * @param ids features, each once, in the order in which they first occur
 * @param values beside them, above 0; their squares add up to 1 unless the bag is empty. The arrays are shared, not
 *     copied.
 */
@SuppressWarnings("ArrayRecordComponent") // one for each document of a corpus: no copies
public record Bag(int[] ids, float[] values) {
    public Bag {
        if (ids.length != values.length) {
            throw new IllegalArgumentException(ids.length + " features with " + values.length + " values");
        }
    }
}
