/**
 * What happened to documents in a run, told from the files that its jobs left: documents, ledgers, clusters, findings, indexes.
 * Reads them without Spark.
 *
 * <p>{@link kindling.jobs.trace.RunFolder} finds the steps and their order; {@link kindling.jobs.trace.DocumentStory} follows one
 * document; {@link kindling.jobs.trace.Drops} shows what a reason dropped.
 */
package kindling.jobs.trace;
