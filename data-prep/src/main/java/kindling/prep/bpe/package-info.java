/**
 * Training of byte-pair encodings: word counts in, merges out (Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with
 * Subword Units").
 *
 * <p>What flows: how often each word of a {@link kindling.prep.words.Pretokenizer} occurs goes into {@code BpeTrainer}, which gives a
 * {@link kindling.prep.token.Tokenizer}. Public: {@code BpeTrainer}.
 */
package kindling.prep.bpe;
