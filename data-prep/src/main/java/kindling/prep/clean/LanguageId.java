package kindling.prep.clean;

/** Tells in which language a text is written. */
public final class LanguageId {
    private LanguageId() {}

    /**
     * What a text is most likely written in.
     *
     * @param code ISO 639-1, or "" when the text does not tell
     * @param confidence 0 to 1
     */
    public record Guess(String code, double confidence) {}

    /** The language of most of the text. */
    public static Guess of(String text) {
        return new Guess("", 0);
    }
}
