/**
 * Finding what was seen before: the mathematics; comparing everything with everything is the caller's business.
 *
 * <p>Whole documents: {@link kindling.prep.dedup.Fingerprint} is equal for texts that differ in case and spacing only;
 * {@link kindling.prep.dedup.Shingles} turns a text into a set of word windows, whose exact similarity it can tell; and
 * {@link kindling.prep.dedup.MinHash} turns such a set into a short signature and that into band keys: documents that
 * share a key are candidates, to be verified with the exact similarity.
 *
 * <p>Parts of documents: a {@link kindling.prep.dedup.Paragraph} has a key that is equal where it occurs again;
 * {@link kindling.prep.dedup.Passages} cuts a text into pieces by which repeated runs of words meet; both lead to
 * {@link kindling.prep.dedup.Span}s, which are cut out. {@link kindling.prep.dedup.ItemGrams} are what an item of an evaluation set
 * is found by.
 *
 * <p>Sources: A. Broder, "On the resemblance and containment of documents" (1997); J. Leskovec, A. Rajaraman,
 * J. Ullman, "Mining of Massive Datasets", 3rd edition, chapter 3; K. Lee et al., "Deduplicating Training Data Makes Language
 * Models Better" (2022); S. Schleimer et al., "Winnowing" (2003).
 *
 * <p>To add another kind of similarity, add a class that turns a text into keys of which similar texts share one.
 */
package kindling.prep.dedup;
