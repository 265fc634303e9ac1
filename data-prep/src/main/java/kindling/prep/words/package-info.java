/**
 * Pre-tokenization: where a text is cut into the words that byte-pair encoding works inside of.
 *
 * <p>What flows: a {@code char[]} and a place in it, out comes where the word ends. Public: {@code Pretokenizer}.
 *
 * <p>To add another pattern: write a {@code WordScanner}, put one line into the list in {@code Pretokenizer}, and prove the scanner equal to its
 * regular expression as {@code Gpt2ScannerTest} does.
 */
package kindling.prep.words;
