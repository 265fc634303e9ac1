package kindling.model.generate;

/**
 * What a model wrote after a prompt.
 *
 * @param ids the new ids, without the prompt and without the end id; shared, not copied
 * @param stopped true: the end id came; false: the greatest length was reached, or every next id was forbidden
 * @param logProbability natural logarithm of the probability that the model itself, before temperature and all other
 *     processing, gives to these ids (the end id included when it came), at most 0
 */
@SuppressWarnings("ArrayRecordComponent") // ids go on to a tokenizer; completions are never compared
public record Completion(int[] ids, boolean stopped, double logProbability) {}
