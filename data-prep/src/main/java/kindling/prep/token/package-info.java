/**
 * Text to token ids: byte-level byte-pair encoding, its training, and the token shards that training reads.
 *
 * <p>What flows: a text is cut into words by a {@link kindling.prep.token.Pretokenizer}; word counts go into
 * {@link kindling.prep.token.BpeTrainer}, which gives a {@link kindling.prep.token.Tokenizer}; the tokenizer turns each document into ids, and
 * {@link kindling.prep.token.TokenShard} says how those lie in a file.
 *
 * <p>Public: {@code Tokenizer}, {@code Pretokenizer}, {@code BpeTrainer}, {@code TokenShard}.
 *
 * <p>Sources: Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units" (the algorithm); Radford et al. 2019,
 * "Language Models are Unsupervised Multitask Learners" (bytes as base vocabulary, the pattern); the file format is that of Hugging Face's
 * tokenizers library.
 *
 * <p>To add another pattern: write a {@code WordScanner}, put one line into the list in {@code Pretokenizer}, teach {@code TokenizerJson} its
 * pre-tokenizer, and prove the scanner equal to its regular expression as {@code Gpt2ScannerTest} does.
 */
package kindling.prep.token;
