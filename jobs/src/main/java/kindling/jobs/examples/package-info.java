/**
 * The sequences that a model trains on: from token shards to batches, by positional reads. {@link kindling.jobs.examples.Examples} are numbered;
 * {@link kindling.jobs.examples.Order} is a function of the seed that says which number comes when, so a run resumes from a number and replicas
 * share the data without a word between them.
 *
 * <p>{@link kindling.jobs.examples.Windows} are runs of a corpus, {@link kindling.jobs.examples.Shifted} start anywhere, {@link
 * kindling.jobs.examples.Mixed} several corpora by weights, {@link kindling.jobs.examples.LessonExamples} pairs and conversations, of which only
 * the answers are predicted.
 *
 * <p>To add another source of sequences: one class that implements {@code Examples}, one line in the job that offers it.
 */
package kindling.jobs.examples;
