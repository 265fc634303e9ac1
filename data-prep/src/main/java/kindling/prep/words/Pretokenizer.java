package kindling.prep.words;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Cuts a text into the words that byte-pair encoding works inside of: no token reaches over a word's end.
 *
 * <pre>{@code
 * Pretokenizer.named("gpt2").words("It's 2 o'clock.", word -> …);   // "It" "'s" " 2" " o" "'" "clock" "."
 * }</pre>
 */
public final class Pretokenizer {
    /** Every pattern there is: one scanner, one line. */
    private static final Map<String, WordScanner> PATTERNS = new TreeMap<>(Map.of("gpt2", new Gpt2Scanner()));

    private final String name;
    private final WordScanner scanner;

    private Pretokenizer(String name, WordScanner scanner) {
        this.name = name;
        this.scanner = scanner;
    }

    /**
     * The pre-tokenizer of this name: {@code gpt2}.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static Pretokenizer named(String pattern) {
        WordScanner scanner = PATTERNS.get(pattern);
        if (scanner == null) {
            throw new IllegalArgumentException(
                    "pattern must be one of %s, got \"%s\"".formatted(PATTERNS.keySet(), pattern));
        }
        return new Pretokenizer(pattern, scanner);
    }

    /** The pattern's name, as {@link #named} takes it. */
    public String name() {
        return name;
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
