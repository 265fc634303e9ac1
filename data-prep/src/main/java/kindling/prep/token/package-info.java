/**
 * Text to token ids and back: byte-pair encoding, read from and written to Hugging Face's {@code tokenizer.json}.
 *
 * <p>What flows: a text is cut into words by a {@link kindling.prep.words.Pretokenizer}, each word's bytes merge into ids. Public:
 * {@code Tokenizer}, and {@code ByteAlphabet} and {@code Utf8}, which training shares.
 *
 * <p>Sources: Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units" (the algorithm); Radford et al. 2019,
 * "Language Models are Unsupervised Multitask Learners" (bytes as base vocabulary, the pattern); the file format is that of Hugging Face's
 * tokenizers library.
 */
package kindling.prep.token;
