/**
 * What summaries are made of and measured by, in plain text: no model, no Spark.
 *
 * <p>Public types: {@link kindling.prep.summary.Sentences} splits a text; {@link kindling.prep.summary.Pair} makes
 * training pairs from unlabelled text (lead, PEGASUS gap sentences); {@link kindling.prep.summary.Extractive} writes
 * summaries from a text's own sentences (MEAD); {@link kindling.prep.summary.Rouge} compares a summary with a reference
 * (Lin 2004); {@link kindling.prep.summary.Support} with its source.
 *
 * <p>Everything is a pure function of its arguments, safe for threads, and takes time linear in the text, but for
 * ROUGE-L, whose limits its class names.
 *
 * <p>To add another way to make pairs, add a static factory to {@code Pair} that cuts spans of
 * {@code Sentences.spans} out of the text; another metric, a class beside {@code Rouge} with the same {@code Score};
 * another opening that marks page furniture, a line in {@code Prose}.
 */
package kindling.prep.summary;
