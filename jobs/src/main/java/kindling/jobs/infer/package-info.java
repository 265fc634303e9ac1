/**
 * Models at work on executors. A {@link kindling.jobs.infer.Model} is a checkpoint that was sent to each of them once; {@code Writer} has it write, as
 * {@code TextGuide} allows.
 *
 * <p>What flows: the texts of {@link kindling.jobs.rows} in, answers out. {@link kindling.jobs.infer.Continue} does what {@link kindling.jobs.prompt}
 * says; {@link kindling.jobs.infer.Summarize} writes summaries, {@link kindling.jobs.infer.Extract} picks them without a model, {@link
 * kindling.jobs.infer.SupportedOrExtract} takes of both. {@link kindling.jobs.infer.Perplexity} says how surprised a model is by a text.
 *
 * <p>To add another thing to ask a model: see {@link kindling.jobs.prompt}. To add work that is no prompt: one class that implements {@link
 * kindling.jobs.rows.Task}, one line in the job that offers it.
 */
package kindling.jobs.infer;
