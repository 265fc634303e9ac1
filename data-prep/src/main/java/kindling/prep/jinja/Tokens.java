package kindling.prep.jinja;

import java.util.List;
import kindling.prep.jinja.Token.Kind;

/** Tokens one after the other. */
final class Tokens {
    private final List<Token> all;
    private int at;

    Tokens(List<Token> all) {
        this.all = all;
    }

    Token peek() {
        return all.get(at);
    }

    /** The one behind the next. */
    Token after() {
        return all.get(Math.min(at + 1, all.size() - 1));
    }

    Token next() {
        Token token = all.get(at);
        at = Math.min(at + 1, all.size() - 1);
        return token;
    }

    /** The one that was taken before the next; of a block, its tag. */
    Token last() {
        return all.get(at - 1);
    }

    /** Takes an operator, where it is the next. */
    boolean operator(String spelled) {
        return skip(Kind.OPERATOR, spelled);
    }

    /** Takes a word, where it is the next. */
    boolean word(String spelled) {
        return skip(Kind.NAME, spelled);
    }

    private boolean skip(Kind kind, String text) {
        boolean found = peek().is(kind, text);
        at += found ? 1 : 0;
        return found;
    }

    Token take(Kind kind, String text) {
        if (!peek().is(kind, text)) {
            throw wrong("%s is expected, not %s".formatted(text, peek().text()));
        }
        return next();
    }

    Token take(Kind kind) {
        if (!peek().is(kind)) {
            throw wrong("a name is expected, not %s".formatted(peek().text()));
        }
        return next();
    }

    JinjaException wrong(String message) {
        return new JinjaException(message).at(peek().line());
    }
}
