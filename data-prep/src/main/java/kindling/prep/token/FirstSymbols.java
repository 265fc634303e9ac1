package kindling.prep.token;

/** The ids that a word's text starts as, before any two of them merge. */
@FunctionalInterface
interface FirstSymbols {
    /**
     * Writes the symbols of the word in {@code utf8[from, from + length)}.
     *
     * @param symbols room for {@code length} ids
     * @return how many there are
     */
    int write(byte[] utf8, int from, int length, int[] symbols);

    /** One id for each byte. */
    static FirstSymbols bytes(int[] byteIds) {
        return (utf8, from, length, symbols) -> {
            for (int i = 0; i < length; i++) {
                symbols[i] = byteIds[utf8[from + i] & 0xFF];
            }
            return length;
        };
    }
}
