/**
 * Text to token ids and back, as a Hugging Face {@code tokenizer.json} describes it.
 *
 * <p>What flows: {@code TokenizerJson} parses the file within limits, {@code BpeRecipe} reads its parts, {@code BpeTokenizer} does what they say:
 * a text is cut at {@code AddedTokens}, what lies between goes through the {@code TextNormalizer} and is cut into words by the
 * {@code Pretokenization}; each word's {@code FirstSymbols} merge in the {@code WordEncoder}; the {@code Surround} puts begin and end ids around;
 * back to text by the {@code PieceSpelling}. What none of these knows is a {@code ForeignKindException}, and the file goes to the
 * {@code ForeignTokenizer}. Public: {@code Tokenizer} with {@code SpecialTokens} and {@code TokenDecoder}; {@code ByteAlphabet} and {@code Utf8},
 * which training shares.
 *
 * <p>To add another normalizer, pre-tokenizer, post-processor or decoder: one line in the {@code switch} of {@code TextNormalizer},
 * {@code Pretokenization}, {@code Surround} or {@code PieceSpelling}, and a file that has it in {@code Kinds} of the tests, which compares ids
 * with Hugging Face's library.
 *
 * <p>Sources: Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units" (the algorithm); Radford et al. 2019,
 * "Language Models are Unsupervised Multitask Learners" (bytes as base vocabulary); Kudo, Richardson 2018, "SentencePiece" (spaces as {@code ▁});
 * the file format and what its parts mean is that of Hugging Face's tokenizers library, https://github.com/huggingface/tokenizers, version 0.21.
 */
package kindling.prep.token;
