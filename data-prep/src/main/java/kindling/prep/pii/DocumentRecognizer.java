package kindling.prep.pii;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Numbers of passports and driving licences of any country: the first code with digits behind a label such as "passport no.", "Führerschein-Nr." or
 * "permis de conduire n°". Their forms are too many and too plain to know them by; but behind such a label nothing else follows.
 */
final class DocumentRecognizer implements Recognizer {
    private static final String PASSPORT = "PASSPORT";
    private static final String LICENSE = "DRIVER_LICENSE";

    private static final double LABELLED = 0.55;
    private static final int MIN_DIGITS = 4;
    private static final int MIN_LENGTH = 6;
    private static final int MAX_LENGTH = 20;
    /** "license number of the holder is" is about as far as a label stands. */
    private static final int MAX_WORDS = 6;

    private static final int REACH = 48;

    /** In English, German, French, Spanish, Italian, Portuguese, Dutch. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("passport", PASSPORT),
            Map.entry("reisepass", PASSPORT),
            Map.entry("reisepassnummer", PASSPORT),
            Map.entry("passnummer", PASSPORT),
            Map.entry("passeport", PASSPORT),
            Map.entry("pasaporte", PASSPORT),
            Map.entry("passaporto", PASSPORT),
            Map.entry("passaporte", PASSPORT),
            Map.entry("paspoort", PASSPORT),
            Map.entry("paspoortnummer", PASSPORT),
            Map.entry("license", LICENSE),
            Map.entry("licence", LICENSE),
            Map.entry("dl", LICENSE),
            Map.entry("führerschein", LICENSE),
            Map.entry("führerscheinnummer", LICENSE),
            Map.entry("conduire", LICENSE),
            Map.entry("conducir", LICENSE),
            Map.entry("guida", LICENSE),
            Map.entry("condução", LICENSE),
            Map.entry("rijbewijs", LICENSE),
            Map.entry("rijbewijsnummer", LICENSE));

    /** What makes a licence one to drive; a label in another language says so itself. */
    private static final Set<String> DRIVING = Set.of("driver", "drivers", "driving", "driver’s", "s");

    private static final Set<String> FILLERS = Set.of(
            "number", "no", "nr", "num", "nummer", "numéro", "numero", "número", "n", "is", "was", "the", "my", "id",
            "of", "card", "code", "holder", "ist", "lautet", "est", "es", "è", "de", "di", "with", "mit", "und", "and");

    @Override
    public Set<String> types() {
        return Set.of(PASSPORT, LICENSE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            if (!FormTree.isDigit(text.charAt(i))) {
                i++;
                continue;
            }
            int start = codeStart(text, i);
            int end = codeEnd(text, i);
            if (isCode(text, start, end)) {
                label(text, start, end, found);
            }
            i = end;
        }
    }

    @Override
    public String canonical(String value) {
        return value.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    private static int codeStart(String text, int digit) {
        int start = digit;
        while (start > 0 && digit - start <= MAX_LENGTH && FormTree.isLatin(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Letters, digits and single dashes between them. */
    private static int codeEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && (isLatinOrDigit(text, end) || (text.charAt(end) == '-' && isLatinOrDigit(text, end + 1)))) {
            end++;
        }
        return end;
    }

    private static boolean isLatinOrDigit(String text, int i) {
        return Context.isDigitAt(text, i) || (i < text.length() && FormTree.isLatin(text.charAt(i)));
    }

    private static boolean isCode(String text, int start, int end) {
        boolean whole = !Context.isWordAt(text, start - 1) && !Context.isWordAt(text, end);
        if (!whole || end - start < MIN_LENGTH || end - start > MAX_LENGTH || isTag(text, start, end)) {
            return false;
        }
        int digits = 0;
        for (int i = start; i < end; i++) {
            digits += FormTree.isDigit(text.charAt(i)) ? 1 : 0;
        }
        return digits >= MIN_DIGITS;
    }

    /** Whether it is what was written for such a number: {@code [PASSPORT:5f1d8c0b9a3e7246]}. */
    private static boolean isTag(String text, int start, int end) {
        return start > 0 && text.charAt(start - 1) == ':' && text.startsWith("]", end);
    }

    /** Goes back over words that only lead from a label to its number. */
    private static void label(String text, int start, int end, Found found) {
        int limit = Math.max(0, start - REACH);
        int i = start;
        for (int seen = 0; seen < MAX_WORDS; seen++) {
            int wordEnd = wordEnd(text, i, limit);
            i = wordStart(text, wordEnd, limit);
            String word = text.substring(i, wordEnd).toLowerCase(Locale.ROOT);
            if (LABELS.containsKey(word) && isOfDocument(text, i, word)) {
                found.add(LABELS.get(word), start, end, LABELLED);
            }
            if (!FILLERS.contains(word)) {
                return;
            }
        }
    }

    /** The end of the last word before {@code i}; {@code i} itself where a digit stands between, for that is another number's. */
    private static int wordEnd(String text, int i, int limit) {
        int end = i;
        while (end > limit && !Character.isLetter(text.charAt(end - 1))) {
            if (FormTree.isDigit(text.charAt(end - 1))) {
                return i;
            }
            end--;
        }
        return end;
    }

    private static int wordStart(String text, int wordEnd, int limit) {
        int start = wordEnd;
        while (start > limit && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** There are licences for software and plates, too. */
    private static boolean isOfDocument(String text, int label, String word) {
        boolean licence = word.equals("license") || word.equals("licence");
        return !licence || Context.before(text, label, 2, DRIVING);
    }
}
