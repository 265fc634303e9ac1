package kindling.prep.token;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kindling.prep.words.Pretokenizer;

/**
 * The published regular expressions of pre-tokenizers and the scanners that do the same: one line for each spelling, the one that is written first
 * for its scanner. Every other expression is foreign.
 *
 * <p>Sources: {@code encoder.py} of GPT-2; {@code tiktoken_ext/openai_public.py} of tiktoken; the {@code tokenizer.json} of Llama 3, Qwen 2 and
 * GPT-4o as published.
 */
final class KnownPattern {
    static final String GPT2 = "gpt2";

    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String SIGNS_AND_SPACES = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String O200K_WORDS =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+" + CONTRACTIONS
                    + "?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + CONTRACTIONS + "?|";

    /** Expression → name of its {@link Pretokenizer}. */
    private static final Map<String, String> NAMES = names();

    private KnownPattern() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        String gpt2 = " ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
        names.put("'s|'t|'re|'ve|'m|'ll|'d|" + gpt2, GPT2);
        names.put("'(?:[sdmt]|ll|ve|re)|" + gpt2, GPT2);
        String cl100k = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|" + SIGNS_AND_SPACES;
        names.put(CONTRACTIONS + "|" + cl100k, "cl100k");
        names.put("'(?i:[sdmt]|ll|ve|re)|" + cl100k, "cl100k");
        names.put(CONTRACTIONS + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|" + SIGNS_AND_SPACES, "qwen2");
        names.put(O200K_WORDS + "\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+", "o200k");
        return names;
    }

    /** The scanner that cuts as this expression does, if there is one. */
    static Optional<Pretokenizer> of(String regex) {
        return Optional.ofNullable(NAMES.get(regex)).flatMap(KnownPattern::scanner);
    }

    private static Optional<Pretokenizer> scanner(String name) {
        try {
            return Optional.of(Pretokenizer.named(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The expression of a pre-tokenizer. */
    static String regex(String name) {
        return NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("pattern must be one of %s, got \"%s\""
                        .formatted(new java.util.TreeSet<>(NAMES.values()), name)))
                .getKey();
    }
}
