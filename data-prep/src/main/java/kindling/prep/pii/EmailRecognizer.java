package kindling.prep.pii;

import java.util.Locale;
import java.util.Set;

/**
 * E-mail addresses: from each {@code @} outwards, at most 64 characters to the left and 253 to the right (RFC 5321, 4.5.3.1), letters of any
 * script, and a top-level domain of letters or in Punycode. Of the signs that RFC 5322 allows before the {@code @}, those that rather end a
 * neighbouring word in real text ({@code = / ? `} and braces) do not count.
 */
final class EmailRecognizer implements Recognizer {
    static final String TYPE = "EMAIL";

    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_LABEL = 63;
    private static final String LOCAL_SIGNS = "._%+-'&!#$*~^";
    /** {@code icon@2x.png} is a picture. */
    private static final Set<String> FILE_SUFFIXES = Set.of("png", "jpg", "jpeg", "gif", "svg", "webp");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int free = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = localStart(text, at, free);
            int end = start < at ? domainEnd(text, at + 1) : at;
            if (end > at) {
                found.add(TYPE, start, end, 1.0);
                free = end;
            }
        }
    }

    @Override
    public String canonical(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    /** Where the part before the sign starts; {@code at} where there is none. */
    private static int localStart(String text, int at, int free) {
        int start = at;
        int limit = Math.max(free, at - MAX_LOCAL);
        while (start > limit && isLocal(text.charAt(start - 1)) && !changesScript(text, start)) {
            start--;
        }
        while (start < at && !Context.isWordAt(text, start)) {
            start++; // a quote, a bullet or a dot before the address
        }
        boolean dotted = (at > start && text.charAt(at - 1) == '.')
                || text.substring(start, at).contains("..");
        return dotted ? at : start;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || LOCAL_SIGNS.indexOf(c) >= 0;
    }

    /** Where the domain that starts here ends; {@code from - 1} where there is none. */
    private static int domainEnd(String text, int from) {
        int limit = Math.min(text.length(), from + MAX_DOMAIN);
        int labels = 0;
        int end = from - 1;
        int label = from;
        while (label < limit) {
            int labelEnd = labelEnd(text, label, limit);
            if (labelEnd == label || labelEnd - label > MAX_LABEL) {
                break;
            }
            labels++;
            if (labels > 1 && isTopLevel(text.substring(label, labelEnd))) {
                end = labelEnd;
            }
            if (labelEnd >= limit || text.charAt(labelEnd) != '.') {
                break;
            }
            label = labelEnd + 1;
        }
        return end;
    }

    /** Letters, digits and inner dashes. */
    private static int labelEnd(String text, int from, int limit) {
        int end = from;
        while (end < limit
                && (Character.isLetterOrDigit(text.charAt(end)) || (end > from && text.charAt(end) == '-'))
                && !(end > from && changesScript(text, end))) {
            end++;
        }
        while (end > from && text.charAt(end - 1) == '-') {
            end--;
        }
        return end;
    }

    /** Whether Chinese or Japanese touches another script here: no space parts an address from such text. */
    private static boolean changesScript(String text, int i) {
        return i < text.length()
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isLetterOrDigit(text.charAt(i))
                && Context.isUnspaced(text.charAt(i - 1)) != Context.isUnspaced(text.charAt(i));
    }

    private static boolean isTopLevel(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        boolean letters = lower.length() >= 2 && lower.chars().allMatch(Character::isLetter);
        return (letters || (lower.startsWith("xn--") && lower.length() > 4)) && !FILE_SUFFIXES.contains(lower);
    }
}
