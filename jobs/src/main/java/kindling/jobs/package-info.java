/**
 * The command line: one class a job, each a picocli command that reads inputs and writes one output folder.
 *
 * <p>{@link kindling.jobs.Main} parses, {@link kindling.jobs.JobRunner} gives a job its place and commits what it wrote,
 * {@link kindling.jobs.RunJob} does so for every step of a {@link kindling.jobs.Recipe}. Public are {@code Main}, and
 * {@link kindling.jobs.UserError}, which any code may throw for a mistake of the caller.
 *
 * <p>To add another job: one class that implements {@link kindling.jobs.Job}, one line in the list on {@code Main}. Options that
 * name data are of type {@link kindling.jobs.io.InputPath}; options that never change a result are marked {@link
 * kindling.jobs.CommonOptions#LAYOUT}; everything else becomes part of the output's manifest.
 */
package kindling.jobs;
