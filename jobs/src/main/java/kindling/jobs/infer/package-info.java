/**
 * Batch inference: rows in, the same rows with answers out. {@link kindling.jobs.infer.Inference} moves rows through a {@link
 * kindling.jobs.infer.Task} on each executor; a bad row becomes an answer with an error, never a lost row.
 *
 * <p>To add another task: one class that implements {@code Task}, one line in the job that offers it.
 */
package kindling.jobs.infer;
