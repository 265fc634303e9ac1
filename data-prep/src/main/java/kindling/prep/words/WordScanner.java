package kindling.prep.words;

/** A pre-tokenizer pattern as a scanner: words follow one another without gaps, so that a word is known by its end. */
interface WordScanner {
    /**
     * Where the word that starts at {@code from} ends.
     *
     * @param from the end of the word before, or 0; less than {@code end}
     * @param end where the text ends
     * @return more than {@code from}, at most {@code end}
     */
    int endOfWord(char[] text, int from, int end);
}
