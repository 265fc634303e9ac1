package kindling.prep.summary;

/** A half-open range of characters of a text. */
record Span(int start, int end) {
    String of(String text) {
        return text.substring(start, end);
    }

    /** The text with every run of white space as one space. */
    String line(String text) {
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
    Span trimmed(String text) {
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

    boolean isEmpty() {
        return start == end;
    }
}
