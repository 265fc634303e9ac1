package kindling.model.classify;

/**
 * One thing to learn from: the features it has and the class it belongs to.
 *
 * @param ids features, each at most once
 * @param values beside them. The arrays are shared, not copied.
 * @param label class, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // one for each document of a corpus: no copies
public record Example(int[] ids, float[] values, int label) {}
