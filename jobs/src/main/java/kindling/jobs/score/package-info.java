/**
 * Measures of summaries, models and evaluation sets: a row for each item and the figures of all in {@code _report.json}. Everything
 * runs on the driver but what it sends to executors.
 *
 * <p>Public types: one a metric, {@link kindling.jobs.score.RougeScores}, {@link kindling.jobs.score.Faithfulness}, {@link
 * kindling.jobs.score.Surprises}, {@link kindling.jobs.score.Leakage}; {@link kindling.jobs.score.Sheet} is where their rows go. {@link
 * kindling.jobs.score.ShardEvaluation} measures a model's {@link kindling.jobs.score.ShardLoss} on token shards, which have no rows.
 *
 * <p>To add a metric: one class that writes rows to a sheet and figures to its report, one line in {@code ScoreJob}.
 */
package kindling.jobs.score;
