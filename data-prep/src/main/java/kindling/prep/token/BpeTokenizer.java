package kindling.prep.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Byte-pair encoding. A text is cut at added tokens, what lies between is normalized and cut into words, the symbols of each word merge. Time is
 * O(n log n) at worst, in the length of the longest word.
 */
final class BpeTokenizer implements Tokenizer {
    private final BpeRecipe recipe;
    private final String json;
    private final ThreadLocal<WordEncoder> encoders;
    private final AddedTokens plain;
    private final AddedTokens all;
    /** The bytes that each id stands for. */
    private final byte[][] bytes;

    BpeTokenizer(BpeRecipe recipe, String json) {
        this.recipe = recipe;
        this.json = json;
        WholeWords wholeWords = new WholeWords(recipe.wholeWords());
        RecentWords recent = new RecentWords();
        this.encoders = ThreadLocal.withInitial(
                () -> new WordEncoder(recipe.firstSymbols(), recipe.merges(), wholeWords, recent));
        this.plain = new AddedTokens(
                recipe.added().stream().filter(token -> !token.special()).toList(), recipe.normalizer());
        this.all = new AddedTokens(recipe.added(), recipe.normalizer());
        this.bytes = new byte[recipe.vocabulary().size()][];
        for (int id = 0; id < bytes.length; id++) {
            String spelling = recipe.vocabulary().spelling(id);
            bytes[id] = spelling == null
                    ? new byte[0]
                    : recipe.spelling().bytes(spelling, recipe.vocabulary().added(spelling) != null);
        }
    }

    @Override
    public String json() {
        return json;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public OptionalInt id(String token) {
        AddedToken added = recipe.vocabulary().added(token);
        Integer piece = recipe.vocabulary().pieceId(token);
        return added != null ? OptionalInt.of(added.id()) : piece != null ? OptionalInt.of(piece) : OptionalInt.empty();
    }

    @Override
    public int endOfText() {
        return EndOfText.among(name -> recipe.vocabulary().isSpecial(name) ? id(name) : OptionalInt.empty());
    }

    @Override
    public int[] encode(String text, SpecialTokens... wanted) {
        boolean around = Arrays.asList(wanted).contains(SpecialTokens.AROUND_TEXT);
        AddedTokens added = Arrays.asList(wanted).contains(SpecialTokens.IN_TEXT) ? all : plain;
        WordEncoder encoder = encoders.get();
        encoder.clear();
        if (around) {
            recipe.surround().before().forEach(encoder::append);
        }
        Pretokenization words = recipe.pretokenization();
        added.split(text, new AddedTokens.Parts() {
            @Override
            public void text(String part, boolean first) {
                encoder.add(words.opening().apply(part, first), words.cut());
            }

            @Override
            public void token(int id) {
                encoder.append(id);
            }
        });
        if (around) {
            recipe.surround().after().forEach(encoder::append);
        }
        return encoder.takeIds();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecial) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(Math.multiplyExact(4, Math.min(ids.length, 1 << 28)));
        boolean first = true;
        for (int id : ids) {
            if (!isSkipped(id, skipSpecial)) {
                text.writeBytes(bytes(id, first));
                first = false;
            }
        }
        int start = 0;
        String decoded = text.toString(StandardCharsets.UTF_8);
        while (start < Math.min(recipe.spelling().leadingSpaces(), decoded.length()) && decoded.charAt(start) == ' ') {
            start++;
        }
        return decoded.substring(start);
    }

    @Override
    public TokenDecoder decoder(boolean skipSpecial) {
        return new PieceDecoder(skipSpecial);
    }

    @Override
    public int byteLength(int id) {
        return isSkipped(id, true) ? 0 : bytes[id].length;
    }

    /** Whether this id gives no text at all, not even as the first. */
    private boolean isSkipped(int id, boolean skipSpecial) {
        if (id < 0 || id >= bytes.length) {
            throw new IllegalArgumentException("id must be in 0 … %d, got %d".formatted(bytes.length - 1, id));
        }
        String spelling = recipe.vocabulary().spelling(id);
        return spelling == null || (skipSpecial && recipe.vocabulary().isSpecial(spelling));
    }

    private byte[] bytes(int id, boolean first) {
        return first ? recipe.spelling().firstBytes(recipe.vocabulary().spelling(id), bytes[id]) : bytes[id];
    }

    /** {@link #decode} with what it keeps between two ids. */
    private final class PieceDecoder implements TokenDecoder {
        private final Utf8Stream characters = new Utf8Stream();
        private final boolean skipSpecial;
        private boolean first = true;
        private int spacesToStrip = recipe.spelling().leadingSpaces();

        PieceDecoder(boolean skipSpecial) {
            this.skipSpecial = skipSpecial;
        }

        @Override
        public String add(int id) {
            if (isSkipped(id, skipSpecial)) {
                return "";
            }
            String text = stripped(characters.add(bytes(id, first)));
            first = false;
            return text;
        }

        @Override
        public String end() {
            return stripped(characters.end());
        }

        private String stripped(String text) {
            int start = 0;
            while (start < text.length() && spacesToStrip > 0) {
                boolean space = text.charAt(start) == ' ';
                spacesToStrip = space ? spacesToStrip - 1 : 0;
                start += space ? 1 : 0;
            }
            return text.substring(start);
        }
    }
}
