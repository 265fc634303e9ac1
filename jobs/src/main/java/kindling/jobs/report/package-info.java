/**
 * {@code report.html}: one page that shows what a run did, from the reports of its steps.
 *
 * <p>{@link kindling.jobs.report.Page} joins a template, a style sheet, a script and the chart library (Chart.js, MIT licence; the
 * build takes it from its Maven artifact) with the numbers as JSON. The page loads nothing, and its content security policy
 * allows nothing but what the build put into it.
 *
 * <p>To show another number: have the job put it into its report, add its name to {@code Page}, draw it in {@code report.js}. For
 * another curve of a training: its name in {@code train.jsonl} to {@code Page}, a line to {@code drawn} in {@code report.js}.
 */
package kindling.jobs.report;
