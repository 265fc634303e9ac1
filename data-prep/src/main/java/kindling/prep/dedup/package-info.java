/**
 * Finding what was seen before: the mathematics; comparing everything with everything is the caller's business.
 *
 * <p>Public types: {@link kindling.prep.dedup.Fingerprint} is equal for texts that differ in case and spacing only;
 * {@link kindling.prep.dedup.Shingles} turns a text into a set of word windows, whose exact similarity it can tell; and
 * {@link kindling.prep.dedup.MinHash} turns such a set into a short signature and that into band keys: documents that
 * share a key are candidates, to be verified with the exact similarity.
 *
 * <p>Sources: A. Broder, "On the resemblance and containment of documents" (1997); J. Leskovec, A. Rajaraman,
 * J. Ullman, "Mining of Massive Datasets", 3rd edition, chapter 3.
 *
 * <p>To add another kind of similarity, add a class that turns a text into keys of which similar texts share one.
 */
package kindling.prep.dedup;
