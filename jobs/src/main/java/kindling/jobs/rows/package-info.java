/**
 * Batch inference: rows in, the same rows with answers out, whatever it is that answers. {@link kindling.jobs.rows.Inference} gives the requests of
 * {@link kindling.jobs.rows.Rows} to a {@link kindling.jobs.rows.Task} on each executor and keeps what comes back in {@code Chunks}, so that a killed
 * run goes on; a bad row becomes an {@link kindling.jobs.rows.Answer} with an error, never a lost row, until more fail than an {@link
 * kindling.jobs.rows.ErrorLimit} allows.
 *
 * <p>To add another task: one class that implements {@code Task}, one line in the job that offers it. For those that ask a model in other words, see
 * {@link kindling.jobs.prompt}.
 */
package kindling.jobs.rows;
