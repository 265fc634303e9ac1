package kindling.prep.names;

import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/** Which words are ordinary English: in WordNet, regular inflections of its words, and the words for grammar that WordNet leaves out. */
final class Vocabulary {
    private static final int NAMES = Lexicon.GIVEN | Lexicon.FAMILY | Lexicon.PLACE;

    private final Lexicon lexicon;
    private final Set<String> function;

    Vocabulary(Lexicon lexicon, Cues cues) {
        this.lexicon = lexicon;
        this.function = cues.list("function");
    }

    int flags(String lower) {
        return lexicon.flags(lower);
    }

    /** A word of grammar. */
    boolean isFunction(String lower) {
        return function.contains(lower);
    }

    /** Whether a word, of which the lexicon has these flags, is ordinary; a regular inflection is not where it is a name, too. */
    boolean isOrdinary(String lower, int flags) {
        return (flags & Lexicon.ORDINARY) != 0
                || function.contains(lower)
                || ((flags & NAMES) == 0 && isInflected(lower));
    }

    private boolean isInflected(String lower) {
        int n = lower.length();
        if (n > 3 && lower.endsWith("s")) {
            return isWord(lower, 1, "") || isWord(lower, 2, "") || (lower.endsWith("ies") && isWord(lower, 3, "y"));
        }
        if (n > 4 && lower.endsWith("ed")) {
            boolean doubled = isWord(lower, 3, "") || (lower.endsWith("ied") && isWord(lower, 3, "y"));
            return doubled || isWord(lower, 2, "") || isWord(lower, 1, "");
        }
        return n > 5
                && lower.endsWith("ing")
                && (isWord(lower, 3, "") || isWord(lower, 3, "e") || isWord(lower, 4, ""));
    }

    private boolean isWord(String lower, int drop, String add) {
        return (lexicon.flags(lower.substring(0, lower.length() - drop) + add) & Lexicon.ORDINARY) != 0;
    }
}
