/**
 * Deduplication as joins: {@link kindling.jobs.dedup.Duplicates} finds and verifies pairs, {@code Components} joins pairs to
 * clusters. Both run on the driver and work on DataFrames; no task ever holds a cluster, nothing is collected. The maths
 * (fingerprints, shingles, MinHash) is in {@link kindling.prep.dedup}.
 */
package kindling.jobs.dedup;
