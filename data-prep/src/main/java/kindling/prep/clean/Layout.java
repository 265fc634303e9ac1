package kindling.prep.clean;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Elements to lines of text, as a browser would break them: one pass over the tree, without recursion. */
final class Layout implements ShownText.Reader {
    private static final Set<String> PARAGRAPHS = words("p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote section"
            + " article main header footer nav aside figure form fieldset details hr address");
    private static final Set<String> LINES = words("body div li dt dd tr td th caption thead tbody tfoot summary"
            + " figcaption legend center option title html menu dir video audio canvas object");
    private static final Set<String> BLOCKS =
            Stream.concat(PARAGRAPHS.stream(), LINES.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> SECTIONS = words("section article table dl pre hr");
    private static final Set<String> HEADINGS = words("h1 h2 h3 h4 h5 h6");
    private static final String BULLET = "- ";
    private static final String CELL_BORDER = " | ";

    private static final int PARAGRAPH_FEEDS = 2;

    private final StringBuilder out = new StringBuilder();
    // What goes before the next visible character: line feeds, a bullet, then blanks or the border of a cell.
    private int feeds;
    private boolean bullet;
    private final StringBuilder blanks = new StringBuilder();
    private int verbatimDepth;
    private boolean verbatimStarts;
    private boolean rowStarts = true;

    /**
     * The element's text without what was pruned: a line for each block, an empty line between paragraphs, "- " before
     * the items of lists.
     */
    static String textOf(Element element, Set<Element> pruned, Deadline deadline) {
        Layout layout = new Layout();
        ShownText.read(element, pruned, deadline, layout);
        return layout.out.toString();
    }

    static boolean isBlock(Element element) {
        return BLOCKS.contains(element.normalName());
    }

    static boolean isHeading(Element element) {
        return HEADINGS.contains(element.normalName());
    }

    /** 1 for the highest heading to 6 for the lowest. */
    static int rank(Element heading) {
        return heading.normalName().charAt(1) - '0';
    }

    static boolean isVerbatim(Element element) {
        return element.normalName().equals("pre");
    }

    static boolean isLink(Element element) {
        return element.normalName().equals("a") && element.hasAttr("href");
    }

    @Override
    public void open(Element element) {
        switch (element.normalName()) {
            case "br" -> endLine();
            case "td", "th" -> openCell(element);
            default -> breakAround(element);
        }
        if (element.normalName().equals("li")) {
            bullet = !holdsSection(element);
        }
        if (isVerbatim(element)) {
            verbatimDepth++;
            verbatimStarts = true;
        }
    }

    @Override
    public void close(Element element) {
        verbatimDepth -= isVerbatim(element) ? 1 : 0;
        rowStarts |= element.normalName().equals("tr");
        bullet &= !element.normalName().equals("li");
        breakAround(element);
    }

    private void breakAround(Element element) {
        if (isWholeCell(element)) {
            return;
        }
        if (PARAGRAPHS.contains(element.normalName()) && !isNestedList(element)) {
            breakLine(PARAGRAPH_FEEDS);
        } else if (isBlock(element) && !isInlineCell(element)) {
            breakLine(1);
        }
    }

    private void openCell(Element cell) {
        if (rowStarts || !isInlineCell(cell)) {
            breakLine(1);
        } else if (feeds == 0) {
            blanks.setLength(0);
            blanks.append(CELL_BORDER);
        }
        rowStarts = false;
    }

    /** A cell of plain text shares its line with its neighbours; one that holds blocks is part of a page's layout. */
    private static boolean isInlineCell(Element element) {
        Element only = element.firstElementChild();
        return isCell(element) && (hasNoBlocks(element) || (only != null && isWholeCell(only)));
    }

    /** Whether a paragraph is all that a cell holds, so that it is one for the markup's sake only. */
    private static boolean isWholeCell(Element element) {
        Element cell = element.parent();
        return (element.normalName().equals("p") || element.normalName().equals("div"))
                && cell != null
                && isCell(cell)
                && element.equals(cell.firstElementChild())
                && element.equals(cell.lastElementChild())
                && hasNoBlocks(element);
    }

    private static boolean isCell(Element element) {
        return element.normalName().equals("td") || element.normalName().equals("th");
    }

    private static boolean hasNoBlocks(Element element) {
        for (Node child : element.childNodes()) {
            if (child instanceof Element inner && isBlock(inner)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNestedList(Element element) {
        String name = element.normalName();
        Element parent = element.parent();
        return (name.equals("ul") || name.equals("ol"))
                && parent != null
                && parent.normalName().equals("li");
    }

    /** Whether a list item is a part of the page with a heading of its own, and not a point of an enumeration. */
    private static boolean holdsSection(Element item) {
        for (Element child : item.children()) {
            if (isHeading(child) || SECTIONS.contains(child.normalName())) {
                return true;
            }
        }
        return false;
    }

    /** Ends the line, so that at least this many line feeds, but no more than one empty line, come before the next. */
    private void breakLine(int atLeast) {
        feeds = Math.min(PARAGRAPH_FEEDS, Math.max(atLeast, feeds));
        blanks.setLength(0);
    }

    /** Ends a line as it stands in the page: in a listing, empty lines count. */
    private void endLine() {
        if (verbatimDepth == 0 || verbatimStarts) {
            breakLine(1);
        } else {
            feeds++;
            blanks.setLength(0);
        }
    }

    @Override
    public void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && verbatimDepth > 0) {
                endLine();
            } else if (isSpace(c)) {
                space(c);
            } else if (!isInvisible(c)) {
                catchUp();
                out.append(c);
            }
        }
    }

    private void space(char c) {
        if (verbatimDepth > 0) {
            blanks.append(c == '\t' ? '\t' : ' ');
        } else if (feeds == 0 && blanks.length() == 0) {
            blanks.append(' ');
        }
    }

    private void catchUp() {
        if (feeds == 0 && !bullet && !verbatimStarts && blanks.length() == 0) {
            return; // within a word, as nearly always
        }
        if (out.length() > 0) {
            out.append("\n".repeat(feeds));
        }
        out.append(bullet ? BULLET : "").append(out.length() > 0 ? blanks : "");
        feeds = 0;
        verbatimStarts = false;
        bullet = false;
        blanks.setLength(0);
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00A0';
    }

    /** Soft hyphens and places where a word may be broken. */
    private static boolean isInvisible(char c) {
        return c == '\u00AD' || c == '\u200B';
    }

    private static Set<String> words(String list) {
        return Set.of(list.toLowerCase(Locale.ROOT).split(" "));
    }
}
