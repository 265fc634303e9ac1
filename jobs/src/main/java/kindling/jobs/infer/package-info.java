/**
 * Batch inference: rows in, the same rows with answers out. {@link kindling.jobs.infer.Inference} gives the requests of {@link
 * kindling.jobs.infer.Rows} to a {@link kindling.jobs.infer.Task} on each executor and keeps what comes back in {@code Chunks}, so that a killed run
 * goes on; a bad row becomes an {@link kindling.jobs.infer.Answer} with an error, never a lost row.
 *
 * <p>{@link kindling.jobs.infer.Continue} has a {@link kindling.jobs.infer.Model} do what {@link kindling.jobs.prompt} says.
 *
 * <p>To add another thing to ask a model: see {@link kindling.jobs.prompt}. To add a task that is none: one class that implements {@code Task}, one
 * line in the job that offers it.
 */
package kindling.jobs.infer;
