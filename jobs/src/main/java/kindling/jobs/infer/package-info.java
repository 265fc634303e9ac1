/**
 * Batch inference: rows in, the same rows with answers out. {@link kindling.jobs.infer.Inference} gives the requests of {@link
 * kindling.jobs.infer.Rows} to a {@link kindling.jobs.infer.Task} on each executor and keeps what comes back in {@code Chunks}, so that a killed run
 * goes on; a bad row becomes an answer with an error, never a lost row.
 *
 * <p>{@link kindling.jobs.infer.Continue} asks a model: a {@link kindling.jobs.infer.Prompt} says how, an {@link kindling.jobs.infer.Instruction} what.
 *
 * <p>To add another thing to ask: one class that implements {@code Instruction}, one line in the map of {@code PromptOptions}, one test of its prompt
 * and its output. To add a task that is none: one class that implements {@code Task}, one line in the job that offers it.
 */
package kindling.jobs.infer;
