package kindling.prep.filter;

import java.util.List;

/** Drops texts that are mostly symbols, such as tables of figures' axes, logs and art of characters. */
final class Symbols {
    private Symbols() {}

    static RuleSet rules() {
        // nine in ten English books have 0.03 to 0.07, nine in ten Java files 0.12 to 0.23
        return RuleSet.of("symbols", "Kindling", List.of(Rule.atMost("symbols_share", 0.25, Symbols::share)));
    }

    /** The share of symbols among the characters that are no white space: neither letters nor digits nor marks. */
    private static double share(Text text) {
        char[] chars = text.chars();
        int symbols = 0;
        int visible = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = Character.codePointAt(chars, i, text.length());
            i += Character.charCount(c) - 1;
            if (!Character.isWhitespace(c)) {
                visible++;
                symbols += isSymbol(c) ? 1 : 0;
            }
        }
        return symbols / (double) Math.max(1, visible);
    }

    private static boolean isSymbol(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> false;
            default -> !Character.isLetterOrDigit(c);
        };
    }
}
