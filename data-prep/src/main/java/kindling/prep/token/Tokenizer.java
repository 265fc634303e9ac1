package kindling.prep.token;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import kindling.prep.words.Pretokenizer;

/**
 * Text to ids and back: byte-level byte-pair encoding as GPT-2 has it (Radford et al. 2019), read from and written to Hugging Face's
 * {@code tokenizer.json}.
 *
 * <pre>{@code
 * Tokenizer gpt2 = Tokenizer.parse(Files.readString(Path.of("tokenizer.json")));
 * gpt2.encode("Hello world");                 // 15496, 995
 * gpt2.decode(new int[] {15496, 995});        // "Hello world"
 * }</pre>
 *
 * <p>Lossless for every text that is valid Unicode; an unpaired surrogate encodes as U+FFFD. A special token that stands in a text is ordinary
 * text: only {@link #id} gives its id, so that a document cannot end itself. Time is O(n log n) at worst, in the length of the longest word.
 * Immutable and safe for use by many threads.
 */
public final class Tokenizer {
    /** The special token that ends every document. */
    public static final String END_OF_TEXT = "<|endoftext|>";

    private final Vocabulary vocabulary;
    private final Merges merges;
    private final ThreadLocal<WordEncoder> encoders;

    Tokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.merges = new Merges(vocabulary.merges());
        WholeWords wholeWords = new WholeWords(wholeWords(vocabulary, merges));
        this.encoders = ThreadLocal.withInitial(() -> new WordEncoder(vocabulary, merges, wholeWords));
    }

    /**
     * The tokenizer of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException when it is not JSON, contradicts itself, or asks for a kind other than byte-level BPE with the GPT-2
     *     pattern; the message names the part
     */
    public static Tokenizer parse(String tokenizerJson) {
        return new Tokenizer(TokenizerJson.read(tokenizerJson));
    }

    /**
     * The byte-level tokenizer that training gives. Ids: the 256 bytes in the order of {@link ByteAlphabet}, then what merge 0, 1, … makes, then
     * the special tokens.
     *
     * @param pattern name of the {@link Pretokenizer}
     * @param merges pairs (left id, right id) in the order of their rank
     * @throws IllegalArgumentException when two ids would be spelled alike
     */
    public static Tokenizer byteLevel(String pattern, List<int[]> merges, List<String> specialTokens) {
        List<String> spellings = new ArrayList<>();
        for (int rank = 0; rank < ByteAlphabet.SIZE; rank++) {
            spellings.add(ByteAlphabet.spell(ByteAlphabet.at(rank)));
        }
        List<Merges.Merge> numbered = new ArrayList<>();
        for (int[] merge : merges) {
            numbered.add(new Merges.Merge(merge[0], merge[1], spellings.size()));
            spellings.add(spellings.get(merge[0]) + spellings.get(merge[1]));
        }
        BitSet special = new BitSet();
        special.set(spellings.size(), spellings.size() + specialTokens.size());
        spellings.addAll(specialTokens);
        return new Tokenizer(new Vocabulary(spellings, numbered, special, Pretokenizer.named(pattern)));
    }

    /**
     * The tokenizer of a vocabulary file of tiktoken.
     *
     * @param ranks lines {@code BASE64 RANK}, ranks 0, 1, …
     * @param pattern name of the {@link Pretokenizer}
     * @param specialTokens have the ids after the last rank
     * @throws IllegalArgumentException when a line is wrong, or a byte has no piece
     */
    public static Tokenizer ofRanks(InputStream ranks, String pattern, List<String> specialTokens) throws IOException {
        RankFile file = RankFile.read(ranks);
        List<String> spellings = new ArrayList<>(file.spellings());
        BitSet special = new BitSet();
        special.set(spellings.size(), spellings.size() + specialTokens.size());
        spellings.addAll(specialTokens);
        return new Tokenizer(new Vocabulary(spellings, file.merges(), special, Pretokenizer.named(pattern)));
    }

    /** This tokenizer as {@code tokenizer.json}; the same bytes for the same tokenizer. */
    public String json() {
        return TokenizerJson.write(vocabulary);
    }

    /** How many ids there are, special ones included: ids are 0 … size − 1. */
    public int size() {
        return vocabulary.size();
    }

    /** The id of a piece as the vocabulary spells it ({@code "Ġthe"}) or of a special token. */
    public OptionalInt id(String token) {
        Integer id = vocabulary.id(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * The id of {@link #END_OF_TEXT}.
     *
     * @throws IllegalStateException when the vocabulary has none
     */
    public int endOfText() {
        return id(END_OF_TEXT)
                .orElseThrow(() -> new IllegalStateException(
                        "the vocabulary has no " + END_OF_TEXT + ", which ends documents: add it to added_tokens"));
    }

    /** The ids of a text; no begin or end ids are added. */
    public int[] encode(String text) {
        WordEncoder encoder = encoders.get();
        encoder.add(text, vocabulary.pretokenizer());
        return encoder.takeIds();
    }

    /** The text of ids, special tokens included; see {@link #decode(int[], boolean)}. */
    public String decode(int[] ids) {
        return decode(ids, false);
    }

    /**
     * The text of ids. Bytes that are not UTF-8, as a cut through the middle of a character leaves them, become U+FFFD.
     *
     * @throws IllegalArgumentException for an id outside 0 … size − 1
     */
    public String decode(int[] ids, boolean skipSpecial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * ids.length);
        for (int id : ids) {
            if (id < 0 || id >= size()) {
                throw new IllegalArgumentException("id must be in 0 … %d, got %d".formatted(size() - 1, id));
            }
            if (!(skipSpecial && vocabulary.isSpecial(id))) {
                bytes.writeBytes(vocabulary.bytes(id));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<byte[]> wholeWords(Vocabulary vocabulary, Merges merges) {
        WordEncoder encoder = new WordEncoder(vocabulary, merges, new WholeWords(List.of()));
        List<byte[]> pieces = new ArrayList<>(vocabulary.size());
        for (int id = 0; id < vocabulary.size(); id++) {
            int[] merged = encoder.merged(vocabulary.bytes(id));
            pieces.add(merged.length == 1 && merged[0] == id ? vocabulary.bytes(id) : null);
        }
        return pieces;
    }
}
