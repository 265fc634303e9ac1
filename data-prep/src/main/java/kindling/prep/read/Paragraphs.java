package kindling.prep.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of printed pages to paragraphs: lines are joined, words that were divided at the end of a line are made whole,
 * and what stands at the top or the bottom of page after page (titles, page numbers) is left out.
 */
final class Paragraphs {
    static final char PARAGRAPH = '\u2029'; // before a line that starts one
    static final char PAGE = '\f'; // after a page

    private static final int EDGE_LINES = 2; // at the top, and at the bottom, that may be running titles
    private static final int RUNNING_PAGES = 3; // that show a line at their edge: no chance
    private static final double FULL_LINE = 0.7; // of the longest: a shorter one ended where it did on purpose
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern DIVIDED = Pattern.compile("(\\p{L}+)[-\u2010\u00AD]$");
    private static final Pattern FIRST_WORD = Pattern.compile("^\\p{L}+");
    private static final Pattern WORD = Pattern.compile("\\p{L}+(?:[-\u2010]\\p{L}+)*");
    private static final String SENTENCE_ENDS = ".!?:;\u3002\uFF01\uFF1F";

    private record Line(String text, boolean first) {}

    private final Set<String> words = new HashSet<>();
    private int longest = 1;

    private Paragraphs() {}

    /** Paragraphs with an empty line between them, of lines with {@link #PARAGRAPH} and {@link #PAGE} marks. */
    static String of(String marked) {
        List<List<Line>> pages = new ArrayList<>();
        for (String page : marked.split(Character.toString(PAGE), -1)) {
            pages.add(lines(page));
        }
        dropRunningLines(pages);
        return new Paragraphs().join(pages.stream().flatMap(List::stream).toList());
    }

    private static List<Line> lines(String page) {
        List<Line> lines = new ArrayList<>();
        for (String paragraph : page.split(Character.toString(PARAGRAPH), -1)) {
            boolean first = true;
            for (String line : paragraph.split("\n", -1)) {
                if (!line.isBlank()) {
                    lines.add(new Line(line.strip(), first));
                    first = false;
                }
            }
        }
        return lines;
    }

    private static void dropRunningLines(List<List<Line>> pages) {
        Map<String, Integer> tops = new HashMap<>();
        Map<String, Integer> bottoms = new HashMap<>();
        for (List<Line> page : pages) {
            top(page).forEach(line -> tops.merge(shape(line), 1, Integer::sum));
            bottom(page).forEach(line -> bottoms.merge(shape(line), 1, Integer::sum));
        }
        for (List<Line> page : pages) {
            bottom(page).removeIf(line -> bottoms.get(shape(line)) >= RUNNING_PAGES);
            top(page).removeIf(line -> tops.getOrDefault(shape(line), 0) >= RUNNING_PAGES);
        }
    }

    private static List<Line> top(List<Line> page) {
        return page.subList(0, Math.min(EDGE_LINES, page.size()));
    }

    private static List<Line> bottom(List<Line> page) {
        return page.subList(Math.max(0, page.size() - EDGE_LINES), page.size());
    }

    /** A line whatever its numbers are. */
    private static String shape(Line line) {
        return NUMBER.matcher(line.text()).replaceAll("0");
    }

    private String join(List<Line> lines) {
        for (Line line : lines) {
            longest = Math.max(longest, line.text().length());
            WORD.matcher(line.text()).results().forEach(word -> words.add(lower(word.group())));
        }
        StringBuilder text = new StringBuilder();
        String before = "";
        for (Line line : lines) {
            if (before.isEmpty() || (line.first() && !goesOn(before, line.text()))) {
                text.append(before.isEmpty() ? "" : "\n\n").append(line.text());
            } else {
                append(text, before, line.text());
            }
            before = line.text();
        }
        return text.toString();
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Whether a sentence runs over what looks like the end of a paragraph, such as the end of a page. */
    private boolean goesOn(String before, String next) {
        char last = before.charAt(before.length() - 1);
        return Character.isLowerCase(next.codePointAt(0))
                && SENTENCE_ENDS.indexOf(last) < 0
                && before.length() >= FULL_LINE * longest;
    }

    private void append(StringBuilder text, String before, String next) {
        Matcher divided = DIVIDED.matcher(before);
        Matcher rest = FIRST_WORD.matcher(next);
        if (divided.find() && rest.find()) {
            if (isOneWord(divided.group(1), rest.group(), before)) {
                text.setLength(text.length() - 1);
            }
        } else if (!isUnspaced(before.codePointBefore(before.length())) || !isUnspaced(next.codePointAt(0))) {
            text.append(' ');
        }
        text.append(next);
    }

    /** The rest of the text knows best whether a word has a hyphen of its own; most have not. */
    private boolean isOneWord(String start, String end, String line) {
        boolean softHyphen = line.endsWith("\u00AD");
        boolean whole = words.contains(lower(start + end));
        boolean hyphenated = words.contains(lower(start + "-" + end));
        return softHyphen || whole || (Character.isLowerCase(end.codePointAt(0)) && !hyphenated);
    }

    /** Of a script that is written without spaces. */
    private static boolean isUnspaced(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.THAI
                || (c >= 0x3000 && c <= 0x303F)
                || (c >= 0xFF00 && c <= 0xFF65);
    }
}
