/**
 * How near a summary is to what people wrote: ROUGE, in plain text.
 *
 * <p>Public types: {@link kindling.prep.rouge.Rouge} compares one summary with its references (Lin 2004); {@link
 * kindling.prep.rouge.Bootstrap} tells how sure the mean of many is (Efron 1979); {@link kindling.prep.rouge.Stemmer} is Porter's.
 *
 * <p>Everything is a pure function of its arguments, safe for threads, and takes time linear in the text, but for ROUGE-L, whose
 * limits its class names. Another metric is a class beside {@code Rouge} with the same {@code Score}.
 */
package kindling.prep.rouge;
