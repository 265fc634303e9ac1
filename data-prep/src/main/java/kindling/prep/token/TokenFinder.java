package kindling.prep.token;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Finds added tokens in a text: the leftmost, of those the longest, as Hugging Face's library does, spaces beside them and word borders included.
 * Time is the text's length times at most that of the longest token, {@value #LONGEST} characters; places where no token can start cost one look.
 */
final class TokenFinder {
    private static final int LONGEST = 256;

    private final Node root = new Node();
    private final boolean[] starts = new boolean[Character.MAX_VALUE + 1];

    /** What a text consists of. */
    interface Parts {
        /** @param start where this part starts in the text */
        void text(String part, int start);

        void token(int id);
    }

    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>(4);
        private AddedToken token;
        private int length;
    }

    /** @param spelling what a token's content looks like where it is looked for */
    TokenFinder(Stream<AddedToken> tokens, UnaryOperator<String> spelling) {
        tokens.forEach(token -> add(token, spelling.apply(token.content())));
    }

    private void add(AddedToken token, String spelled) {
        if (spelled.isEmpty() || spelled.length() > LONGEST) {
            throw new ForeignKindException("an added token has %d characters".formatted(spelled.length()));
        }
        starts[spelled.charAt(0)] = true;
        Node node = root;
        for (int i = 0; i < spelled.length(); i++) {
            node = node.next.computeIfAbsent(spelled.charAt(i), any -> new Node());
        }
        if (node.token == null) {
            node.token = token;
            node.length = spelled.length();
        }
    }

    /** Hands over a text's parts in order. */
    void split(String text, Parts parts) {
        int done = 0;
        int spacesEnd = 0;
        for (int at = root.next.isEmpty() ? text.length() : 0; at < text.length(); ) {
            Node found = starts[text.charAt(at)] ? longest(text, at) : root;
            if (found == root) {
                at++;
                continue;
            }
            int end = at + found.length;
            AddedToken token = found.token;
            if (!token.singleWord() || isWord(text, at, end)) {
                int from = token.leftStrip() ? startOfSpaces(text, done, at) : at;
                if (done < from) {
                    parts.text(text.substring(done, from), done);
                }
                parts.token(token.id());
                done = end;
                if (token.rightStrip()) {
                    spacesEnd = Math.max(end, spacesEnd); // a run of spaces is walked through once
                    spacesEnd = endOfSpaces(text, spacesEnd);
                    done = spacesEnd;
                }
            }
            at = end;
        }
        if (done < text.length()) {
            parts.text(done == 0 ? text : text.substring(done), done);
        }
    }

    private Node longest(String text, int from) {
        Node longest = root;
        Node node = root;
        for (int i = from; i < text.length(); i++) {
            node = node.next.get(text.charAt(i));
            if (node == null) {
                break;
            }
            longest = node.token == null ? longest : node;
        }
        return longest;
    }

    private static int startOfSpaces(String text, int from, int end) {
        int start = end;
        while (start > from && UCharacter.isUWhiteSpace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int endOfSpaces(String text, int from) {
        int end = from;
        while (end < text.length() && UCharacter.isUWhiteSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWord(String text, int from, int to) {
        return (from == 0 || !isWordCharacter(text.codePointBefore(from)))
                && (to == text.length() || !isWordCharacter(text.codePointAt(to)));
    }

    /** {@code \w} of UTS 18, annex C. */
    private static boolean isWordCharacter(int point) {
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.NON_SPACING_MARK,
                    ECharacterCategory.ENCLOSING_MARK,
                    ECharacterCategory.COMBINING_SPACING_MARK,
                    ECharacterCategory.DECIMAL_DIGIT_NUMBER,
                    ECharacterCategory.CONNECTOR_PUNCTUATION -> true;
            default -> UCharacter.isUAlphabetic(point) || point == 0x200C || point == 0x200D; // the joiners
        };
    }
}
