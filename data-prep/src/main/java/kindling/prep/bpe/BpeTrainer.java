package kindling.prep.bpe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kindling.prep.token.ByteAlphabet;
import kindling.prep.token.Tokenizer;
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
    private final List<int[]> merges = new ArrayList<>();
    private final TrainingWords words;

    private BpeTrainer(Map<String, Long> wordCounts) {
        words = TrainingWords.of(wordCounts);
    }

    /**
     * Trains a tokenizer.
     *
     * @param wordCounts how often each word of the {@link Pretokenizer} occurs, spaces in front included; counts of 0 are passed over
     * @param vocabularySize ids wanted, bytes and special tokens included. When no pair is left to merge before that many, the tokenizer
     *     simply has fewer: {@link Tokenizer#size} tells
     * @param pattern name of the pre-tokenizer that cut the words
     * @param specialTokens tokens that no text encodes to, in the order of their ids; {@code <|endoftext|>} comes before them unless named
     * @throws IllegalArgumentException when the size leaves no room for bytes and special tokens, when a special token is a plain word, when
     *     a count is negative
     */
    public static Tokenizer train(
            Map<String, Long> wordCounts, int vocabularySize, String pattern, List<String> specialTokens) {
        Pretokenizer pretokenizer = Pretokenizer.named(pattern);
        Set<String> special = special(specialTokens, pretokenizer);
        if (vocabularySize < ByteAlphabet.SIZE + special.size()) {
            throw new IllegalArgumentException(
                    "vocab-size must be >= %d (one id per byte, %d special tokens), got %d: raise --vocab-size"
                            .formatted(ByteAlphabet.SIZE + special.size(), special.size(), vocabularySize));
        }
        BpeTrainer trainer = new BpeTrainer(wordCounts);
        trainer.learn(vocabularySize - special.size());
        return Tokenizer.byteLevel(pattern, trainer.merges, List.copyOf(special));
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

    private void learn(int size) {
        while (ByteAlphabet.SIZE + merges.size() < size) {
            long pair = words.mostFrequentPair();
            if (pair == TrainingWords.NO_PAIR) {
                return;
            }
            int left = PairCounts.left(pair);
            int right = PairCounts.right(pair);
            words.merge(left, right, ByteAlphabet.SIZE + merges.size());
            merges.add(
                    new int[] {left, right}); // spelled anew: equal strings merge at the same time wherever they stand
        }
    }
}
