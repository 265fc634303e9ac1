package kindling.prep.token;

import com.ibm.icu.lang.UCharacter;
import kindling.prep.words.NormalForm;

/** The {@code normalizer} of a file: what happens to a text before anything else. */
@FunctionalInterface
interface TextNormalizer {
    TextNormalizer NONE = text -> text;

    /** The one capital whose small form is two characters, {@code i} and a dot, wherever it stands (SpecialCasing.txt of Unicode). */
    int CAPITAL_I_WITH_DOT = 0x130;

    String apply(String text);

    static TextNormalizer read(JsonPart part) {
        if (part.isAbsent()) {
            return NONE;
        }
        return switch (part.type()) {
            case "NFC", "NFD", "NFKC", "NFKD" -> NormalForm.valueOf(part.type())::apply;
            case "Lowercase" -> TextNormalizer::lowercase;
            case "Prepend" -> prepend(part.part("prepend").string());
            case "Replace" -> replace(part);
            case "Strip" -> strip(part.flag("strip_left", true), part.flag("strip_right", true));
            case "Sequence" ->
                part.part("normalizers").list().stream()
                        .map(TextNormalizer::read)
                        .reduce(NONE, TextNormalizer::then);
            default -> throw part.foreign();
        };
    }

    private TextNormalizer then(TextNormalizer next) {
        return this == NONE ? next : text -> next.apply(apply(text));
    }

    private static TextNormalizer prepend(String prefix) {
        return text -> text.isEmpty() ? text : prefix + text;
    }

    private static TextNormalizer replace(JsonPart part) {
        JsonPart pattern = part.part("pattern").part("String");
        pattern.requireOurs(!pattern.isAbsent(), "is absent: a regular expression");
        String wanted = pattern.string();
        pattern.requireOurs(!wanted.isEmpty(), "is empty");
        String content = part.part("content").string();
        return text -> text.replace(wanted, content);
    }

    private static TextNormalizer strip(boolean left, boolean right) {
        return text -> {
            int from = 0;
            int to = text.length();
            while (left && from < to && UCharacter.isUWhiteSpace(text.charAt(from))) {
                from++;
            }
            while (right && to > from && UCharacter.isUWhiteSpace(text.charAt(to - 1))) {
                to--;
            }
            return text.substring(from, to);
        };
    }

    /** Character by character, as that library does: a final sigma is a sigma. */
    private static String lowercase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            lower.appendCodePoint(point == CAPITAL_I_WITH_DOT ? 'i' : UCharacter.toLowerCase(point));
            if (point == CAPITAL_I_WITH_DOT) {
                lower.append('\u0307');
            }
        });
        return lower.toString();
    }
}
