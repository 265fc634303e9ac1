package kindling.prep.token;

/** A well-formed {@code tokenizer.json} asks for something that ours does not do; the message says what. Never leaves this package. */
final class ForeignKindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForeignKindException(String what) {
        super(what);
    }
}
