/**
 * Pre-tokenization: where a text is cut into the words that byte-pair encoding works inside of.
 *
 * <p>What flows: a {@code char[]} and a place in it, out comes where the word ends. Public: {@code Pretokenizer}, and {@code NormalForm} for what
 * happens to texts before.
 *
 * <p>To add another pattern: write a {@code WordScanner} and put one entry with its regular expression into the list in {@code Pretokenizer};
 * {@code PatternTest} and {@code LibraryTest} then prove the two equal.
 */
package kindling.prep.words;
