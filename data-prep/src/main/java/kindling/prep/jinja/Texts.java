package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Python does with texts, where Java does something else. */
final class Texts {
    private Texts() {}

    /** Without these characters, or white space, at its ends. */
    static String strip(String text, String characters, boolean left, boolean right) {
        IntPredicate stripped = characters == null
                ? point -> Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85
                : point -> characters.indexOf(point) >= 0;
        int from = 0;
        int to = text.length();
        while (left && from < to && stripped.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && to > from && stripped.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    /**
     * At white space where no separator is given.
     *
     * @param most how often, or -1 for as often as there is one
     */
    static List<Object> split(String text, String separator, long most, Work work) {
        if (separator != null && separator.isEmpty()) {
            throw new JinjaException("split needs a separator that is not empty");
        }
        work.search(text, separator == null ? "" : separator);
        String whole = separator == null ? strip(text, null, true, false) : text;
        String last = separator == null && most < 0 ? strip(whole, null, false, true) : whole;
        if (separator == null && last.isEmpty()) {
            return List.of();
        }
        String border = separator == null ? "[\\s\\p{Z}\\x85]+" : Pattern.quote(separator);
        int limit = most < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, most + 1);
        return new ArrayList<>(List.of(last.split(border, limit)));
    }

    static String replace(String text, String old, String other, long most, Work work) {
        if (old.isEmpty()) {
            throw new JinjaException("replace needs a text that is not empty");
        }
        work.search(text, old);
        StringBuilder out = new StringBuilder();
        int from = 0;
        long done = 0;
        for (int at = text.indexOf(old); at >= 0 && (most < 0 || done < most); at = text.indexOf(old, from)) {
            work.spend(other.length() + 1L);
            out.append(text, from, at).append(other);
            from = at + old.length();
            done++;
        }
        return out.append(text, from, text.length()).toString();
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : upper(text.substring(0, 1)) + lower(text.substring(1));
    }

    /** Each word with one large letter first. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            out.append(inWord ? lower(letter) : upper(letter));
            inWord = Character.isLetter(text.charAt(i));
        }
        return out.toString();
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String indent(String text, String by, boolean first, Work work) {
        work.spend(text.length() + text.lines().count() * by.length());
        String indented =
                text.lines().map(line -> line.isEmpty() ? line : by + line).collect(Collectors.joining("\n"));
        return first || indented.isEmpty() || text.startsWith("\n") ? indented : indented.substring(by.length());
    }
}
