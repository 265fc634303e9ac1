package kindling.prep.jinja;

/** What is wrong with a template, or with what it was given. The message names the construct and, where it is known, the line. */
public final class JinjaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean located;

    JinjaException(String message) {
        this(message, false);
    }

    private JinjaException(String message, boolean located) {
        super(message);
        this.located = located;
    }

    /** What an operation says that was given what it is not for. Nothing of what it was given is repeated. */
    static JinjaException of(RuntimeException cause) {
        return cause instanceof JinjaException own
                ? own
                : new JinjaException("this cannot be done: " + cause.getClass().getSimpleName());
    }

    /** The same with its line, unless it has one. */
    JinjaException at(int line) {
        return located ? this : new JinjaException("line %d: %s".formatted(line, getMessage()), true);
    }
}
