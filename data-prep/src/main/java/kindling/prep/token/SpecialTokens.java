package kindling.prep.token;

/**
 * What a caller may ask of {@link Tokenizer#encode(String, SpecialTokens...)} beyond the plain ids of a text. Neither is the default: a document
 * from outside must not be able to end itself or to speak as somebody else.
 */
public enum SpecialTokens {
    /** The spelling of a special token in the text, {@code <|endoftext|>}, becomes that token: for prompts and templates one wrote oneself. */
    IN_TEXT,
    /** The begin and end ids that the file's post-processor adds, such as {@code <s>} before every text: what a model may expect. */
    AROUND_TEXT
}
