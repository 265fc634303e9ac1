package kindling.prep.token;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a {@code tokenizer.json} of model {@code BPE} says.
 *
 * @param ignoreMerges whether a word that is a piece is that piece, even if merging would not give it
 */
record BpeRecipe(
        Vocabulary vocabulary,
        List<AddedToken> added,
        TextNormalizer normalizer,
        Pretokenization pretokenization,
        FirstSymbols firstSymbols,
        Merges merges,
        boolean ignoreMerges,
        Surround surround,
        PieceSpelling spelling) {

    /**
     * Reads a file's parts.
     *
     * @throws IllegalArgumentException when the file is damaged
     * @throws ForeignKindException when it asks for something that ours does not do
     */
    static BpeRecipe read(JsonPart root) {
        JsonPart model = root.part("model");
        JsonPart addedTokens = root.part("added_tokens");
        List<AddedToken> added =
                addedTokens.list().stream().map(AddedToken::read).toList();
        Vocabulary vocabulary = Vocabulary.read(model.part("vocab"), addedTokens, added);
        Merges merges = new Merges(vocabulary.merges(model.part("merges")));
        Surround surround = Surround.read(root.part("post_processor"));
        surround.ids()
                .forEach(id -> root.part("post_processor")
                        .require(id < vocabulary.size(), "adds id %d, which the vocabulary lacks", id));
        requirePlain(model);
        Pretokenization words = Pretokenization.read(
                root.part("pre_tokenizer"), !root.part("normalizer").isAbsent());
        PieceSpelling spelling = PieceSpelling.read(root.part("decoder"));
        root.part("decoder").requireOurs(words.byteLevel() == spelling.byteLevel(), "does not fit pre_tokenizer");
        return new BpeRecipe(
                vocabulary,
                added,
                TextNormalizer.read(root.part("normalizer")),
                words,
                words.byteLevel() ? byteSymbols(vocabulary) : characterSymbols(model, vocabulary),
                merges,
                model.flag("ignore_merges", false),
                surround,
                spelling);
    }

    /**
     * The words that are one piece: what merging gives for each piece, or every piece where merges are ignored.
     *
     * @return by id, the bytes of a word that has this id; null where no word has
     */
    List<byte[]> wholeWords() {
        WordEncoder encoder = new WordEncoder(firstSymbols, merges, new WholeWords(List.of()), new RecentWords());
        List<byte[]> words = new ArrayList<>(vocabulary.size());
        for (int id = 0; id < vocabulary.size(); id++) {
            byte[] word = word(id);
            words.add(word != null && (ignoreMerges || isAlone(encoder.merged(word), id)) ? word : null);
        }
        return words;
    }

    private static boolean isAlone(int[] ids, int id) {
        return ids.length == 1 && ids[0] == id;
    }

    /** The bytes of the word that is spelled as this piece; null for what no word can be. */
    private byte[] word(int id) {
        String piece = vocabulary.spelling(id);
        if (piece == null || vocabulary.pieceId(piece) == null || vocabulary.isSpecial(piece)) {
            return null;
        }
        if (pretokenization.byteLevel()) {
            return ByteAlphabet.spells(piece) ? ByteAlphabet.bytes(piece) : null;
        }
        return Utf8.of(piece);
    }

    private static void requirePlain(JsonPart model) {
        JsonPart dropout = model.part("dropout");
        dropout.requireOurs(dropout.isAbsent() || dropout.node().asDouble(1) == 0, "leaves merges out by chance");
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            model.part(affix).requireOurs(model.string(affix, "").isEmpty(), "is not empty");
        }
    }

    private static FirstSymbols byteSymbols(Vocabulary vocabulary) {
        int[] ids = new int[ByteAlphabet.SIZE];
        for (int b = 0; b < ids.length; b++) {
            Integer id = vocabulary.pieceId(ByteAlphabet.spell((byte) b));
            if (id == null) {
                throw new ForeignKindException("model.vocab lacks the piece of byte 0x%02X".formatted(b));
            }
            ids[b] = id;
        }
        return FirstSymbols.bytes(ids);
    }

    private static FirstSymbols characterSymbols(JsonPart model, Vocabulary vocabulary) {
        JsonPart token = model.part("unk_token");
        Integer unknown = token.isAbsent() ? null : vocabulary.pieceId(token.string());
        token.require(token.isAbsent() || unknown != null, "is a piece that model.vocab lacks: add it there");
        int[] bytes = new int[ByteAlphabet.SIZE];
        boolean fallback = model.flag("byte_fallback", false);
        for (int b = 0; b < bytes.length; b++) {
            Integer id = vocabulary.pieceId("<0x%02X>".formatted(b));
            bytes[b] = fallback && id != null ? id : CharacterSymbols.NONE;
        }
        return new CharacterSymbols(vocabulary, bytes, unknown, model.flag("fuse_unk", false));
    }
}
