/**
 * Word counts of a corpus on the cluster, and how well a tokenizer does on other documents: what {@code train-tokenizer} asks Spark.
 *
 * <p>What flows: each task combines the words of its documents in one table ({@code Combiner}), Spark sums the counts of each word, each task packs
 * its sums into blocks ({@code Packer}), and the driver reads the blocks into one table. Public: {@code WordTable}, {@code HeldOut}.
 */
package kindling.jobs.words;
