/**
 * Raw documents to token ids, in plain Java.
 *
 * <p>Public types: {@link kindling.prep.Document}, what flows through every stage, and {@link kindling.prep.Verdict},
 * what a stage says about one. The stages are the packages below: {@code read} turns files into documents, {@code clean}
 * HTML into text, {@code language} names what it is written in, {@code filter} drops what is not worth learning from,
 * {@code dedup} finds what was seen before, {@code pii} hides personal data, {@code token} turns text into ids.
 *
 * <p>To add another stage, add a package whose entry takes a {@code Document} or its text and returns a
 * {@code Document}, a {@code Verdict} or plain JDK values; it may know neither Spark nor the model.
 */
package kindling.prep;
