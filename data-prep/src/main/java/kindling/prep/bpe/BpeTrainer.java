package kindling.prep.bpe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import kindling.prep.token.ByteAlphabet;
import kindling.prep.token.Tokenizer;
import kindling.prep.token.Utf8;
import kindling.prep.words.Pretokenizer;

/**
 * Learns a byte-level vocabulary from word counts: again and again the most frequent pair of neighbouring ids becomes a new id (Sennrich,
 * Haddow, Birch 2016, algorithm 1), kept exact by updating only the words that hold the pair.
 *
 * <pre>{@code
 * Tokenizer tokenizer = BpeTrainer.train(Map.of("low", 5L, " lower", 2L), 8_000, "gpt2", List.of("<|endoftext|>"));
 * }</pre>
 *
 * <p>Of pairs with the same count the one with the smaller left id wins, then the smaller right id; the result depends on the counts alone, not
 * on the map's order. Ids: the 256 bytes in the order of GPT-2's alphabet, the merges as they were learnt, the special tokens last.
 */
public final class BpeTrainer {
    /** What training names unless told otherwise: end of text, padding, and what is around a turn of a chat (ChatML). */
    public static final List<String> SPECIAL_TOKENS =
            List.of(Tokenizer.END_OF_TEXT, "<|pad|>", "<|im_start|>", "<|im_end|>");

    private final List<int[]> merges = new ArrayList<>();
    private final TrainingWords words;

    private BpeTrainer(WordCounts wordCounts) {
        words = TrainingWords.of(wordCounts);
    }

    /**
     * Trains a tokenizer.
     *
     * @param wordCounts how often each word of the {@link Pretokenizer} occurs, spaces in front included; counts of 0 are passed over
     * @param vocabularySize ids wanted, bytes and special tokens included. When no pair is left to merge before that many, the tokenizer
     *     simply has fewer: {@link Tokenizer#size} tells
     * @param cut how the texts were cut into these words
     * @param specialTokens tokens that no text encodes to, in the order of their ids; {@code <|endoftext|>} comes before them unless named
     * @param progress told the number of merges after each
     * @throws IllegalArgumentException when the size leaves no room for bytes and special tokens, when a special token is a plain word
     * @throws ArithmeticException when a pair occurs more than 2<sup>63</sup> − 1 times
     */
    public static Tokenizer train(
            WordCounts wordCounts, int vocabularySize, TextCut cut, List<String> specialTokens, IntConsumer progress) {
        Set<String> special = special(specialTokens, cut.pretokenizer());
        if (vocabularySize < ByteAlphabet.SIZE + special.size()) {
            throw new IllegalArgumentException(
                    "vocab-size must be >= %d (one id per byte, %d special tokens), got %d: raise --vocab-size"
                            .formatted(ByteAlphabet.SIZE + special.size(), special.size(), vocabularySize));
        }
        BpeTrainer trainer = new BpeTrainer(wordCounts);
        trainer.learn(vocabularySize - special.size(), progress);
        return Tokenizer.byteLevel(cut.pattern(), cut.nfc(), trainer.merges, List.copyOf(special));
    }

    /**
     * The same from a few words as strings, cut by the pattern from texts as they are.
     *
     * @throws IllegalArgumentException also when a count is negative
     */
    public static Tokenizer train(
            Map<String, Long> wordCounts, int vocabularySize, String pattern, List<String> specialTokens) {
        WordCounts counts = new WordCounts();
        wordCounts.forEach((word, count) -> counts.add(Utf8.of(word), count));
        return train(counts, vocabularySize, new TextCut(pattern, false), specialTokens, merges -> {});
    }

    private static Set<String> special(List<String> specialTokens, Pretokenizer pretokenizer) {
        Set<String> special = new LinkedHashSet<>();
        if (!specialTokens.contains(Tokenizer.END_OF_TEXT)) {
            special.add(Tokenizer.END_OF_TEXT);
        }
        for (String token : specialTokens) {
            if (token.isEmpty() || pretokenizer.endOfWord(token.toCharArray(), 0, token.length()) == token.length()) {
                throw new IllegalArgumentException(
                        "special token \"%s\" must not be a plain word, which text may hold: write it as <|%s|>"
                                .formatted(token, token.strip()));
            }
            special.add(token);
        }
        return special;
    }

    private void learn(int size, IntConsumer progress) {
        while (ByteAlphabet.SIZE + merges.size() < size) {
            long pair = words.mostFrequentPair();
            if (pair == TrainingWords.NO_PAIR) {
                return;
            }
            int left = PairCounts.left(pair);
            int right = PairCounts.right(pair);
            words.merge(left, right, ByteAlphabet.SIZE + merges.size());
            merges.add(new int[] {left, right});
            progress.accept(merges.size());
        }
    }
}
