package kindling.prep.jinja;

/**
 * A piece of a template.
 *
 * @param text of a {@link Kind#TEXT} or {@link Kind#STRING} as it is written out, of others as it stands there
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        /** What stands between blocks. */
        TEXT,
        /** <code>{%</code> and its end. */
        BLOCK,
        BLOCK_END,
        /** <code>{{</code> and its end. */
        PRINT,
        PRINT_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean is(Kind wanted, String spelled) {
        return kind == wanted && text.equals(spelled);
    }
}
