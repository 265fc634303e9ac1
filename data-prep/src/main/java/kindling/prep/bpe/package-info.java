/**
 * Training of byte-pair encodings: word counts in, merges out (Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with
 * Subword Units").
 *
 * <p>What flows: texts are cut into words as a {@code TextCut} says and counted in {@code WordCounts}, tables of which add up in any order; they go
 * into {@code BpeTrainer}, which gives a {@link kindling.prep.token.Tokenizer}. Public: these three.
 */
package kindling.prep.bpe;
