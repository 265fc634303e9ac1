package kindling.prep.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kindling.prep.sentence.Span;

/**
 * What a statement can be caught at: its numbers, its names and whether it denies. Words are known by their place in the list.
 *
 * <p>A number is a run of words with digits, joined by one of {@code . , : / -}; up to twelve it may be written out. A name is a
 * run of words with capitals, but for a single one that opens the sentence, which any word does.
 */
final class Facts {
    private static final Map<String, String> WRITTEN_OUT = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"),
            Map.entry("eleven", "11"),
            Map.entry("twelve", "12"));

    private static final Set<String> NEGATORS =
            Set.of("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without");

    private final String text;
    private final List<Span> words;

    /** @param words of the text or a part of it, ascending */
    Facts(String text, List<Span> words) {
        this.text = text;
        this.words = words;
    }

    /** Words from and to, as numbers in the list; half-open. */
    List<Span> numbers() {
        List<Span> numbers = new ArrayList<>();
        int i = 0;
        while (i < words.size()) {
            int end = i;
            while (end < words.size() && hasDigit(end) && (end == i || isJoined(end))) {
                end++;
            }
            if (end > i) {
                numbers.add(new Span(i, end));
            }
            i = Math.max(end, i + 1);
        }
        return numbers;
    }

    /** A number without the points and commas that group its digits; equal for "1,000" and "1000". */
    String number(Span number) {
        String written = text.substring(
                words.get(number.start()).start(), words.get(number.end() - 1).end());
        return written.toLowerCase(Locale.ROOT).replaceAll(",(?=[0-9]{3}(?![0-9]))", "");
    }

    /** The digits of a word that stands for a small number; else the word. */
    static String digits(String word) {
        return WRITTEN_OUT.getOrDefault(word, word);
    }

    List<Span> names() {
        List<Span> names = new ArrayList<>();
        int i = 0;
        while (i < words.size()) {
            int end = i;
            while (end < words.size() && isCapitalised(end) && (end == i || isSpaced(end))) {
                end++;
            }
            if (end - i > 1 || (end > i && i > 0)) {
                names.add(new Span(i, end));
            }
            i = Math.max(end, i + 1);
        }
        return names;
    }

    static boolean isNegator(String word) {
        return NEGATORS.contains(word) || word.endsWith("n't") || word.endsWith("n’t");
    }

    private boolean hasDigit(int word) {
        return words.get(word).of(text).chars().anyMatch(Character::isDigit);
    }

    private boolean isCapitalised(int word) {
        String written = words.get(word).of(text);
        return Character.isUpperCase(written.codePointAt(0)) && !written.equals("I") && !written.startsWith("I'");
    }

    private boolean isJoined(int word) {
        int before = words.get(word - 1).end();
        return words.get(word).start() == before + 1 && ".,:/-".indexOf(text.charAt(before)) >= 0;
    }

    private boolean isSpaced(int word) {
        int before = words.get(word - 1).end();
        return words.get(word).start() == before + 1 && text.charAt(before) == ' ';
    }
}
