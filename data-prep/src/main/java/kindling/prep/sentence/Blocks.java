package kindling.prep.sentence;

import java.util.ArrayList;
import java.util.List;

/**
 * The stretches of a text that no sentence reaches across: lines, except where a paragraph was wrapped at a width.
 *
 * <p>A blank line and the start of a list item always end a block. Any other line break is the author's when the first
 * word of the next line would have fitted on the line before; a paragraph is taken as wrapped when more than half of
 * its breaks leave no such room and at least a third of its lines go on in lower case.
 */
final class Blocks {
    private static final int NARROWEST_WIDTH = 40; // characters; nobody wraps prose below it

    private final String text;
    private final List<Span> blocks = new ArrayList<>();

    private Blocks(String text) {
        this.text = text;
    }

    /** The blocks in order, without white space around them; white space alone gives none. */
    static List<Span> of(String text) {
        Blocks blocks = new Blocks(text);
        List<Span> paragraph = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            Span line = new Span(start, end).trimmed(text);
            if (line.isEmpty()) {
                blocks.add(paragraph);
                paragraph.clear();
            } else {
                paragraph.add(line);
            }
            start = end + 1;
        }
        blocks.add(paragraph);
        return blocks.blocks;
    }

    private void add(List<Span> paragraph) {
        if (paragraph.isEmpty()) {
            return;
        }
        int width = width(paragraph);
        boolean wrapped = isWrapped(paragraph, width);
        int start = paragraph.get(0).start();
        for (int i = 1; i < paragraph.size(); i++) {
            Span before = paragraph.get(i - 1);
            Span line = paragraph.get(i);
            if (!wrapped || isListItem(line) || fits(before, line, width)) {
                blocks.add(new Span(start, before.end()));
                start = line.start();
            }
        }
        blocks.add(new Span(start, paragraph.get(paragraph.size() - 1).end()));
    }

    /** The longest line of several words: a bare link may stand out of a wrapped paragraph. */
    private int width(List<Span> paragraph) {
        int width = NARROWEST_WIDTH;
        for (Span line : paragraph) {
            boolean severalWords = firstWordEnd(line) < line.end();
            width = severalWords ? Math.max(width, line.end() - line.start()) : width;
        }
        return width;
    }

    private boolean isWrapped(List<Span> paragraph, int width) {
        int full = 0;
        int lowerCase = 0;
        int breaks = paragraph.size() - 1;
        for (int i = 1; i <= breaks; i++) {
            full += fits(paragraph.get(i - 1), paragraph.get(i), width) ? 0 : 1;
            lowerCase += Character.isLowerCase(text.codePointAt(paragraph.get(i).start())) ? 1 : 0;
        }
        return 2 * full > breaks && 3 * lowerCase >= breaks;
    }

    private boolean fits(Span before, Span line, int width) {
        return before.end() - before.start() + 1 + firstWordEnd(line) - line.start() <= width;
    }

    private int firstWordEnd(Span line) {
        int i = line.start();
        while (i < line.end() && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** A bullet, "1." or "1)" or "a)" before a space. */
    private boolean isListItem(Span line) {
        int end = firstWordEnd(line);
        int length = end - line.start();
        if (length == 0 || length > 4 || end == line.end()) {
            return false;
        }
        char last = text.charAt(end - 1);
        if (length == 1) {
            return "-*•‣–—·+".indexOf(last) >= 0;
        }
        boolean digits = true;
        for (int i = line.start(); i < end - 1; i++) {
            digits &= Character.isDigit(text.charAt(i));
        }
        boolean letter = length == 2 && Character.isLetter(text.charAt(line.start()));
        return (digits && (last == '.' || last == ')')) || (letter && last == ')');
    }
}
