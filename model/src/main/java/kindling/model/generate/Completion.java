package kindling.model.generate;

import java.util.stream.DoubleStream;

/**
 * What a model wrote after a prompt.
 *
 * @param ids the new ids, without the prompt and without the end id; shared, not copied
 * @param stopped true: the end id came, or its {@link Guide} said that it is over; false: the greatest length was reached, or every
 *     next id was forbidden
 * @param logProbabilities for each id, and then for the end id when it came: natural logarithm of the probability that the
 *     model itself, before temperature and all other processing, gives to it, at most 0; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // ids go on to a tokenizer; completions are never compared
public record Completion(int[] ids, boolean stopped, double[] logProbabilities) {
    /** Of all these ids together. */
    public double logProbability() {
        return DoubleStream.of(logProbabilities).sum();
    }
}
