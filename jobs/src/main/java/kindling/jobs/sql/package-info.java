/**
 * What jobs do, as functions of Spark SQL: {@code kindling_summarize(text)}, {@code kindling_generate(prompt)}, {@code kindling_redact(text)} and {@code
 * kindling_count_tokens(text)}, in any query, view or stream of a session with
 *
 * <pre>
 * spark.sql.extensions      kindling.jobs.sql.KindlingExtensions
 * spark.kindling.checkpoint out/model
 * </pre>
 *
 * <p>{@link kindling.jobs.sql.KindlingExtensions} adds them to a session, {@link kindling.jobs.sql.Functions} names them for Java. What they need is
 * loaded once in each executor. They answer a row at a time, as SQL asks; for whole collections the jobs are faster, tell errors and resume.
 *
 * <p>Public besides these, because generated code calls it: {@link kindling.jobs.sql.Calls}. To add another function: a method there, and a line in the
 * list of {@code KindlingExtensions}.
 */
package kindling.jobs.sql;
