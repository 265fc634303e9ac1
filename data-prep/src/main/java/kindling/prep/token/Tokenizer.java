package kindling.prep.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Text to ids and back, as a Hugging Face {@code tokenizer.json} describes it.
 *
 * <pre>{@code
 * Tokenizer gpt2 = Tokenizer.read(Path.of("tokenizer.json"));
 * gpt2.encode("Hello world");                 // 15496, 995
 * gpt2.decode(new int[] {15496, 995});        // "Hello world"
 * }</pre>
 *
 * <p>Byte-pair encoding is done here: byte-level as GPT-2, Llama 3 and Qwen have it, and on characters with byte fallback as Llama 2, Mistral and
 * Gemma have it. Every other kind is left to Hugging Face's own library, which the log says. Either way the ids are that library's ids.
 *
 * <p>What is lost. A byte-level tokenizer without normalizer gives every text of valid Unicode back; an unpaired surrogate encodes as U+FFFD.
 * A normalizer changes the text before it is encoded (NFC composes {@code e + ◌́} to {@code é}). The Llama 2 kind writes spaces as {@code ▁}, so
 * that a {@code ▁} of the text comes back as a space; a space it puts before the text is taken off again. Characters for which a vocabulary has
 * neither piece nor bytes become the unknown token.
 *
 * <p>{@code truncation} and {@code padding} of a file are not applied: sequences are cut where they are packed. Immutable and safe for use by
 * many threads.
 */
public sealed interface Tokenizer permits BpeTokenizer, ForeignTokenizer {
    /** The special token that ends every document, in a vocabulary trained here. */
    String END_OF_TEXT = "<|endoftext|>";

    /** The special token that a vocabulary of characters has for every other character. */
    String UNKNOWN = "<|unknown|>";

    /**
     * The tokenizer of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException when it is not JSON, contradicts itself, exceeds the limits of {@link TokenizerJson} or is of a kind that
     *     nobody reads; the message names the part
     */
    static Tokenizer parse(String tokenizerJson) {
        return TokenizerReader.read(tokenizerJson);
    }

    /**
     * The tokenizer in this file.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException as {@link #read(InputStream)}
     */
    static Tokenizer read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /**
     * The tokenizer in this stream, of which no more is read than a tokenizer may have.
     *
     * @throws IOException when the stream cannot be read
     * @throws IllegalArgumentException as {@link #parse}, and for what has more than {@link TokenizerJson#MOST_BYTES} bytes or is not UTF-8
     */
    static Tokenizer read(InputStream in) throws IOException {
        return parse(TokenizerJson.text(in));
    }

    /**
     * The byte-level tokenizer that training gives. Ids: the 256 bytes in the order of {@link ByteAlphabet}, then what merge 0, 1, … makes, then
     * the special tokens.
     *
     * @param pattern name of the {@link kindling.prep.words.Pretokenizer}
     * @param nfc whether texts are brought to Unicode's normal form C first
     * @param merges pairs (left id, right id) in the order of their rank
     * @throws IllegalArgumentException when two ids would be spelled alike
     */
    static Tokenizer byteLevel(String pattern, boolean nfc, List<int[]> merges, List<String> specialTokens) {
        return parse(
                ByteLevelVocabulary.trained(pattern, nfc, merges, specialTokens).json());
    }

    /** {@link #byteLevel(String, boolean, List, List)} that takes texts as they are. */
    static Tokenizer byteLevel(String pattern, List<int[]> merges, List<String> specialTokens) {
        return byteLevel(pattern, false, merges, specialTokens);
    }

    /**
     * A tokenizer with an id for each of these characters, from the smallest code point to the largest, and for {@link #UNKNOWN} every other; then
     * the special tokens, {@link #END_OF_TEXT} last.
     *
     * @param points code points; one that is there twice counts once
     * @param nfc whether texts are brought to Unicode's normal form C first
     * @param specialTokens others than these two, which need not be named
     */
    static Tokenizer ofCharacters(int[] points, boolean nfc, List<String> specialTokens) {
        List<String> special = new ArrayList<>(List.of(UNKNOWN));
        specialTokens.stream()
                .filter(token -> !token.equals(UNKNOWN) && !token.equals(END_OF_TEXT))
                .forEach(special::add);
        special.add(END_OF_TEXT);
        return parse(CharacterVocabulary.sorted(points, nfc, special).json());
    }

    /**
     * The tokenizer of a vocabulary file of tiktoken.
     *
     * @param ranks lines {@code BASE64 RANK}, ranks 0, 1, …
     * @param pattern name of the {@link kindling.prep.words.Pretokenizer}
     * @param specialTokens have the ids after the last rank
     * @throws IllegalArgumentException when a line is wrong, or a byte has no piece
     */
    static Tokenizer ofRanks(InputStream ranks, String pattern, List<String> specialTokens) throws IOException {
        RankFile file = RankFile.read(ranks);
        return parse(new ByteLevelVocabulary(pattern, false, file.pieces(), file.merges(), true, specialTokens).json());
    }

    /** The {@code tokenizer.json}: the very text that was parsed. */
    String json();

    /** One more than the largest id. Ids that no piece has, which some files leave between, decode to nothing. */
    int size();

    /** The id of a piece as the vocabulary spells it ({@code "Ġthe"}) or of an added token. */
    OptionalInt id(String token);

    /**
     * The id that ends a document: the first of {@link EndOfText#NAMES} that is a special token.
     *
     * @throws IllegalStateException when none is
     */
    int endOfText();

    /**
     * The ids of a text.
     *
     * @param wanted what else; with nothing here special tokens in the text are ordinary text and no begin or end ids are added. Added tokens that
     *     are not special ({@code <tool_call>}) are recognised always
     */
    int[] encode(String text, SpecialTokens... wanted);

    /** The text of ids, special tokens included; see {@link #decode(int[], boolean)}. */
    default String decode(int[] ids) {
        return decode(ids, false);
    }

    /**
     * The text of ids. Bytes that are not UTF-8, as a cut through the middle of a character leaves them, become U+FFFD.
     * (Hugging Face's library makes of a run of fallback bytes that is not UTF-8 as a whole one U+FFFD a byte; here what is valid in it stays.)
     *
     * @param skipSpecial whether special tokens give no text
     * @throws IllegalArgumentException for an id outside 0 … size − 1
     */
    String decode(int[] ids, boolean skipSpecial);

    /** {@link #decode(int[], boolean)} id by id. */
    TokenDecoder decoder(boolean skipSpecial);

    /**
     * How many bytes of UTF-8 an id stands for within a text; none for special tokens. Those of a text add up to its length, where encoding loses
     * nothing and the tokenizer is of our own kinds; of a foreign kind each id is decoded alone.
     *
     * @throws IllegalArgumentException for an id outside 0 … size − 1
     */
    int byteLength(int id);
}
