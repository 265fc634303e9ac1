/**
 * What jobs read and write: the documents table and its ledger, manifests, reports, and the commit of an output
 * folder. The only package that knows column names and file layouts; all of it works on any Hadoop file system.
 *
 * <p>{@link kindling.jobs.io.Documents} and {@link kindling.jobs.io.Outcomes} carry documents and the reasons of dropped ones;
 * {@link kindling.jobs.io.Tables} any other table; {@link kindling.jobs.io.Output} makes a folder appear whole or not at all.
 */
package kindling.jobs.io;
