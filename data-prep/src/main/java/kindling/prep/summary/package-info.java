/**
 * What summaries are made of and held against, in plain text: no model, no Spark.
 *
 * <p>Public types: {@link kindling.prep.summary.Pair} makes training pairs from unlabelled text (lead, PEGASUS gap sentences);
 * {@link kindling.prep.summary.Extractive} writes summaries from a text's own sentences (LexRank, PacSum, MMR); {@link
 * kindling.prep.summary.Support} looks for what a summary says in its source, one {@link kindling.prep.summary.Claim} a sentence;
 * {@link kindling.prep.summary.Repair} puts sentences of the source in place of what it does not say.
 *
 * <p>Everything is a pure function of its arguments, safe for threads, and takes time linear in the text.
 *
 * <p>To add another way to make pairs, add a static factory to {@code Pair} that cuts spans of {@code Sentences.spans} out of the
 * text; another opening that marks page furniture, a line in {@code Prose}; another thing that a statement can be caught at, a
 * method in {@code Facts}.
 */
package kindling.prep.summary;
