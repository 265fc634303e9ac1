package kindling.prep.words;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts a text into the words that byte-pair encoding works inside of: no token reaches over a word's end.
 *
 * <pre>{@code
 * Pretokenizer.named("gpt2").words("It's 2 o'clock.", word -> …);   // "It" "'s" " 2" " o" "'" "clock" "."
 * }</pre>
 */
public final class Pretokenizer {
    private static final String ENDINGS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String SIGNS = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
    private static final String LEAD = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";

    /** Every pattern there is: one scanner, one entry; the regular expressions it stands for, the one we write first. */
    private static final List<Pretokenizer> PATTERNS = List.of(
            new Pretokenizer(
                    "gpt2",
                    new Gpt2Scanner(),
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                    "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                    "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s"),
            new Pretokenizer(
                    "cl100k",
                    new Cl100kScanner(3),
                    ENDINGS + "|" + LEAD + "\\p{L}+|\\p{N}{1,3}|" + SIGNS + "|" + SPACES,
                    "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
                    "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
            new Pretokenizer(
                    "qwen2", new Cl100kScanner(1), ENDINGS + "|" + LEAD + "\\p{L}+|\\p{N}|" + SIGNS + "|" + SPACES),
            new Pretokenizer(
                    "o200k",
                    new O200kScanner(),
                    LEAD + UPPER + "*" + LOWER + "+" + ENDINGS + "?|" + LEAD + UPPER + "+" + LOWER + "*" + ENDINGS
                            + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" + SPACES));

    private final String name;
    private final WordScanner scanner;
    private final List<String> spellings;

    private Pretokenizer(String name, WordScanner scanner, String... spellings) {
        this.name = name;
        this.scanner = scanner;
        this.spellings = List.of(spellings);
    }

    /** The names that {@link #named} takes. */
    public static List<String> names() {
        return PATTERNS.stream().map(Pretokenizer::name).toList();
    }

    /**
     * The pre-tokenizer of this name: {@code gpt2}, {@code cl100k} (GPT-4, Llama 3), {@code qwen2}, {@code o200k} (GPT-4o).
     *
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static Pretokenizer named(String pattern) {
        return PATTERNS.stream()
                .filter(known -> known.name.equals(pattern))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "pattern must be one of %s, got \"%s\"".formatted(names(), pattern)));
    }

    /**
     * The pre-tokenizer that cuts as this regular expression does in Hugging Face's tokenizers, in any of the spellings that are published. One
     * that only looks like them is none: {@code \p{N}{1,3}+}, possessive elsewhere, means any number of digits to Oniguruma.
     */
    public static Optional<Pretokenizer> ofRegex(String regex) {
        return PATTERNS.stream()
                .filter(known -> known.spellings.contains(regex))
                .findFirst();
    }

    /** The pattern's name, as {@link #named} takes it. */
    public String name() {
        return name;
    }

    /** The pattern as the regular expression that is published, with Unicode classes: what a {@code tokenizer.json} holds. */
    public String regex() {
        return spellings.get(0);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The published spellings that {@link #ofRegex} knows, {@link #regex} first. */
    List<String> spellings() {
        return spellings;
    }

    /** Hands over the words of a text in order; joined, they are the text again. Linear in the text's length. */
    public void words(String text, Consumer<String> word) {
        char[] chars = text.toCharArray();
        for (int from = 0, to; from < chars.length; from = to) {
            to = endOfWord(chars, from, chars.length);
            word.accept(new String(chars, from, to - from));
        }
    }

    /**
     * Where the word that starts at {@code from} ends.
     *
     * @param from the end of the word before, or 0; less than {@code end}
     * @param end where the text ends
     * @return more than {@code from}, at most {@code end}
     */
    public int endOfWord(char[] text, int from, int end) {
        return scanner.endOfWord(text, from, end);
    }
}
