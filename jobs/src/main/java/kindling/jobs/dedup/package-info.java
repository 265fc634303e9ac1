/**
 * Deduplication. Whole documents are compared without a join and without a place where all documents meet. {@link kindling.jobs.dedup.Duplicates} tells the
 * story; its options are {@link kindling.jobs.dedup.Duplicates.Options} and {@link kindling.jobs.dedup.Keep}.
 *
 * <p>Documents become {@code Sketch}es (hashes of shingles, and a number), which stay in the partitions that the documents lie in.
 * All else is {@code Mail} between partitions, mostly of packed numbers: {@code Twins} joins equal documents, {@code Buckets} says
 * which ones to compare, {@code Comparison} sends one document of a pair to the other, {@code Components} makes clusters of
 * pairs, {@code Clusters} chooses what is kept, {@code Edges} goes round until nothing is left to compare. {@code SampleCheck}
 * measures what came out. Nothing is collected but counts and a sample of 500 documents; the largest thing that one task holds is a
 * bucket or a cluster, 8 or about 100 bytes a document.
 *
 * <p>Beside that, {@link kindling.jobs.dedup.Repeats} takes paragraphs and passages out of documents that stood in earlier ones,
 * {@link kindling.jobs.dedup.Contamination} finds what evaluation sets hold, and {@link kindling.jobs.dedup.SignatureIndex} compares
 * with old documents whose texts are not at hand. These are joins of hashes.
 *
 * <p>What counts as a duplicate. {@code exact}: texts that are equal but for case, white space and Unicode form; all empty
 * documents are equal. {@code minhash}: sets of word windows ({@link kindling.prep.dedup.Shingles}) whose Jaccard similarity
 * reaches the threshold, or that are joined by a chain of such pairs; texts of fewer words than a window have one window of all
 * their words, so they are duplicates only of texts with the same words in the same order; documents without words are never
 * near duplicates. In languages written without spaces each character is a word.
 */
package kindling.jobs.dedup;
