/**
 * Filters that were trained. {@link kindling.jobs.filter.LearnedRule} reads the folder of an entry of {@code filter --rules}, sends what was trained to
 * executors once, and measures documents there: {@code ClassifierRule} by a classifier, {@code PerplexityRule} by a checkpoint. Rules that are code
 * are {@link kindling.prep.filter}'s.
 *
 * <p>To add another kind: one record that implements {@code LearnedRule}, a line in its {@code parse}.
 */
package kindling.jobs.filter;
