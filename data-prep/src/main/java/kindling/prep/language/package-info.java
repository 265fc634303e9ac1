/**
 * In which language a text is written.
 *
 * <p>What flows: {@code Words} picks the words of running text out of excerpts; {@code Evidence} sorts their letters by script and cuts
 * them into windows of two lines; scripts that one language uses need no more. Of the others, {@code Judge} says how likely a
 * window is in each language of its {@code Alphabet}, by the letters that follow each other there ({@code GramTable}; W. B. Cavnar,
 * J. M. Trenkle, "N-Gram-Based Text Categorization", 1994, and T. Dunning, "Statistical Identification of Language", 1994); close
 * {@code Neighbours} are compared once more by longer runs and by words. {@code Shares} adds up the letters of each language.
 *
 * <p>The statistics are those of the Lingua library, read from its jar; nothing of its code is used.
 *
 * <p>Public: {@link kindling.prep.language.LanguageId}.
 *
 * <p>To add a language with a script of its own, add a line to {@code Scripts}; another one that Lingua has statistics of, its code
 * to {@code Alphabet}.
 */
package kindling.prep.language;
