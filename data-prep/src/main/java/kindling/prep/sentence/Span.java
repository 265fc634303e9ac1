package kindling.prep.sentence;

import java.util.ArrayList;
import java.util.List;

/** A half-open range of a text, in UTF-16 units unless said otherwise. */
public record Span(int start, int end) {
    /** The same ranges in code points, as Spark SQL's {@code substring} counts. */
    public static List<Span> inCodePoints(String text, List<Span> ascending) {
        List<Span> counted = new ArrayList<>(ascending.size());
        int at = 0;
        int points = 0;
        for (Span span : ascending) {
            int start = points + text.codePointCount(at, span.start);
            points = start + text.codePointCount(span.start, span.end);
            at = span.end;
            counted.add(new Span(start, points));
        }
        return counted;
    }

    public String of(String text) {
        return text.substring(start, end);
    }

    /** The text with every run of white space as one space. */
    public String line(String text) {
        StringBuilder line = new StringBuilder(end - start);
        boolean space = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                space = !line.isEmpty();
            } else {
                if (space) {
                    line.append(' ');
                }
                line.append(c);
                space = false;
            }
        }
        return line.toString();
    }

    /** Without white space at either end. */
    public Span trimmed(String text) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return new Span(from, to);
    }

    public boolean isEmpty() {
        return start == end;
    }
}
