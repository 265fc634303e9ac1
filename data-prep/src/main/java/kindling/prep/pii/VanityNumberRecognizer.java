package kindling.prep.pii;

import java.util.Set;

/** Toll-free numbers of North America with words in them: {@code 1-800-FLOWERS}, letters as on the keys of a phone (ITU-T E.161). */
final class VanityNumberRecognizer implements Recognizer {
    private static final double WITH_PREFIX = 0.75;
    private static final double WITHOUT_PREFIX = 0.5;

    private static final Set<String> AREAS = Set.of("800", "833", "844", "855", "866", "877", "888", "900");
    private static final int LEAST = 7;
    /** Letters past the seventh are dialled in vain, but belong to the word. */
    private static final int MOST = 10;

    private static final int LEAST_LETTERS = 3;
    private static final String KEYS = "22233344455566677778889999"; // of A … Z

    @Override
    public Set<String> types() {
        return Set.of(PhoneRecognizer.TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i + 3 < text.length()) {
            char c = text.charAt(i);
            int end = (c == '8' || c == '9') && AREAS.contains(text.substring(i, i + 3)) ? end(text, i + 3) : i;
            int start = end > i ? start(text, i) : i;
            boolean free = !Context.isWordAt(text, start - 1);
            if (end > i && free) {
                found.add(PhoneRecognizer.TYPE, start, end, start < i - 1 ? WITH_PREFIX : WITHOUT_PREFIX);
            }
            i = end > i && free ? end : i + 1;
        }
    }

    /** The digits that are dialled. */
    @Override
    public String canonical(String value) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isCapital(c)) {
                digits.append(KEYS.charAt(c - 'A'));
            } else if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }

    /** The end of a dash or bracket, then capitals, digits and single dashes; {@code from - 3} where there are too few or too many. */
    private static int end(String text, int from) {
        int first = from;
        while (first < text.length() && first - from < 2 && ") -.".indexOf(text.charAt(first)) >= 0) {
            first++;
        }
        boolean parted = first > from && (text.charAt(from) != ' ' || first - from > 1);
        int letters = 0;
        int signs = 0;
        int i = first;
        for (; i < text.length() && signs <= MOST; i++) {
            char c = text.charAt(i);
            boolean dash = c == '-' && i > first && isSign(text, i + 1) && isSign(text, i - 1);
            if (!isSign(text, i) && !dash) {
                break;
            }
            letters += isCapital(c) ? 1 : 0;
            signs += dash ? 0 : 1;
        }
        boolean whole = signs >= LEAST && signs <= MOST && letters >= LEAST_LETTERS && !Context.isWordAt(text, i);
        return parted && whole ? i : from - 3;
    }

    /** Before the area code: a bracket, and {@code 1-} or {@code +1 }. */
    private static int start(String text, int area) {
        int start = area > 0 && text.charAt(area - 1) == '(' ? area - 1 : area;
        boolean prefix = start > 1 && "- .".indexOf(text.charAt(start - 1)) >= 0 && text.charAt(start - 2) == '1';
        if (!prefix) {
            return start;
        }
        return start > 2 && text.charAt(start - 3) == '+' ? start - 3 : start - 2;
    }

    private static boolean isSign(String text, int i) {
        return i < text.length() && (isCapital(text.charAt(i)) || Context.isDigitAt(text, i));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
