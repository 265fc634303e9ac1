package kindling.prep.language;

/**
 * Tells in which language a text is written: {@code LanguageId.of("Ein kurzer Satz.")} is {@code Guess[code=de, confidence=0.99]}.
 *
 * <p>What it says of
 * <ul>
 *   <li>a text in several languages: the one with most letters;
 *   <li>a long text: what six excerpts of it say, from its start to its end, {@value #EXCERPT} characters each;
 *   <li>addresses, numbers, markup, identifiers and code: nothing, only the words around them count;
 *   <li>Norwegian: {@code nb} or {@code nn}, never {@code no}; Chinese in either writing: {@code zh};
 *       Serbian in either alphabet: {@code sr}; Chinese letters alone, without kana: {@code zh};
 *   <li>a language that it does not know: often "", or with a close relative, that one (Galician {@code pt});
 *   <li>a text in another alphabet than its language's (romanised Russian): "" or a wrong language.
 * </ul>
 *
 * <p>Safe for use by any number of threads; the same text gives the same bits. The first call reads the statistics.
 */
public final class LanguageId {
    private static final int EXCERPTS = 6;
    private static final int EXCERPT = 160; // UTF-16 units: a thousand in all; errors are rare from three hundred on
    private static final double LEAST_CONFIDENCE = 0.1; // below, many languages are as likely
    private static final Guess UNDETERMINED = new Guess("", 0);
    private static final Judge JUDGE = Judge.load();

    private LanguageId() {}

    /**
     * What a text is most likely written in.
     *
     * @param code ISO 639-1, or "" when the text does not tell
     * @param confidence the share of the text's letters that are of this language, each counted by its probability: 0 to 1
     */
    public record Guess(String code, double confidence) {}

    /** The language of most of a text. */
    public static Guess of(String text) {
        Evidence evidence = new Evidence();
        if (text.length() <= EXCERPTS * EXCERPT) {
            Words.read(text, 0, text.length(), evidence);
        } else {
            for (int excerpt = 0; excerpt < EXCERPTS; excerpt++) {
                int start = (int) ((long) (text.length() - EXCERPT) * excerpt / (EXCERPTS - 1));
                Words.read(text, start, start + EXCERPT, evidence);
            }
        }
        Guess guess = Shares.of(evidence, JUDGE).largest();
        return guess.code().isEmpty() || guess.confidence() < LEAST_CONFIDENCE ? UNDETERMINED : guess;
    }
}
