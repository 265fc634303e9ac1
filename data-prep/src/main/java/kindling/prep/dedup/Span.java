package kindling.prep.dedup;

import java.util.List;

/**
 * A part of a text that is taken out because it stands somewhere else before.
 *
 * @param start of the part, in UTF-16 units as {@link String} counts
 * @param end behind the part
 * @param method what found it, {@code paragraph} or {@code substring}
 * @param keptIn id of the document where it occurs first
 */
public record Span(int start, int end, String method, String keptIn) {
    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span is not empty, got %d to %d".formatted(start, end));
        }
    }

    /**
     * The text without these spans. What stood on both sides of one goes on in a new line, or in a new paragraph where an empty
     * line was beside it, so that no two words grow together; a text of which only white space would be left becomes empty.
     *
     * <p>{@code cut("One two. Three. Four.", 9 to 15)} is {@code "One two.\nFour."}.
     *
     * @param spans in their order, none overlaps another
     */
    public static String cut(String text, List<Span> spans) {
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean emptyLine = false;
        for (int i = 0; i <= spans.size(); i++) {
            int from = i == 0 ? 0 : spans.get(i - 1).end;
            int to = i == spans.size() ? text.length() : spans.get(i).start;
            int first = firstVisible(text, from, to);
            int last = lastVisible(text, first, to);
            emptyLine |= hasEmptyLine(text, from, first);
            if (first < last) {
                out.append(out.isEmpty() ? "" : emptyLine ? "\n\n" : "\n");
                out.append(text, i == 0 ? from : first, i == spans.size() ? to : last);
                emptyLine = hasEmptyLine(text, last, to);
            }
        }
        return out.toString();
    }

    private static int firstVisible(String text, int from, int to) {
        int i = from;
        while (i < to && Tokens.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int lastVisible(String text, int from, int to) {
        int i = to;
        while (i > from && Tokens.isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean hasEmptyLine(String text, int from, int to) {
        int lineEnds = 0;
        for (int i = from; i < to; i++) {
            lineEnds += text.charAt(i) == '\n' ? 1 : 0;
        }
        return lineEnds > 1;
    }
}
