package kindling.prep.token;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code decoder} of a file: which bytes a piece's spelling stands for.
 *
 * @param byteLevel whether pieces are spelled in the {@link ByteAlphabet}
 * @param byteFallback whether {@code <0x0A>} is a byte
 * @param replaced what spaces are spelled as; empty where they are spaces
 * @param leadingSpaces how many spaces are taken off the start of a text
 * @param bareFirst whether the first piece loses its {@code replaced} altogether
 */
record PieceSpelling(boolean byteLevel, boolean byteFallback, String replaced, int leadingSpaces, boolean bareFirst) {
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
    private static final List<String> ORDER = List.of("Replace", "ByteFallback", "Fuse", "Strip");

    static PieceSpelling read(JsonPart part) {
        part.requireOurs(!part.isAbsent(), "is absent");
        return switch (part.type()) {
            case "ByteLevel" -> new PieceSpelling(true, false, "", 0, false);
            case "Metaspace" ->
                new PieceSpelling(
                        false, false, String.valueOf(part.part("replacement").character()), 0, isPrepended(part));
            case "Sequence" -> sequence(part.part("decoders").list(), part);
            default -> throw part.foreign();
        };
    }

    /** The bytes of a piece; an added token of a byte-level vocabulary is its own characters. */
    byte[] bytes(String spelling, boolean added) {
        if (byteFallback && BYTE.matcher(spelling).matches()) {
            return new byte[] {(byte) Integer.parseInt(spelling.substring(3, 5), 16)};
        }
        if (byteLevel && !added && ByteAlphabet.spells(spelling)) {
            return ByteAlphabet.bytes(spelling);
        }
        return Utf8.of(replaced.isEmpty() ? spelling : spelling.replace(replaced, " "));
    }

    /** The bytes of the piece that a text starts with. */
    byte[] firstBytes(String spelling, byte[] otherwise) {
        return bareFirst ? Utf8.of(spelling.replace(replaced, "")) : otherwise;
    }

    private static boolean isPrepended(JsonPart metaspace) {
        String absent = metaspace.flag("add_prefix_space", true) ? "always" : "never";
        return !metaspace.string("prepend_scheme", absent).equals("never");
    }

    private static PieceSpelling sequence(List<JsonPart> decoders, JsonPart part) {
        if (decoders.size() == 1) {
            return read(decoders.get(0));
        }
        List<String> types = decoders.stream().map(JsonPart::type).toList();
        List<String> ordered = ORDER.stream().filter(types::contains).toList();
        part.requireOurs(types.equals(ordered), "is the sequence %s", types);
        part.requireOurs(!types.contains("Strip") || types.contains("Fuse"), "strips every piece");
        PieceSpelling plain = new PieceSpelling(false, types.contains("ByteFallback"), "", 0, false);
        return decoders.stream().reduce(plain, PieceSpelling::with, (left, right) -> right);
    }

    private PieceSpelling with(JsonPart decoder) {
        return switch (decoder.type()) {
            case "Replace" -> {
                JsonPart pattern = decoder.part("pattern").part("String");
                pattern.requireOurs(!pattern.isAbsent(), "is absent: a regular expression");
                decoder.requireOurs(decoder.part("content").string().equals(" "), "puts other than spaces");
                yield new PieceSpelling(byteLevel, byteFallback, pattern.string(), leadingSpaces, bareFirst);
            }
            case "Strip" -> {
                boolean spaces = decoder.part("content").string().equals(" ");
                decoder.requireOurs(spaces && decoder.count("stop", 0) == 0, "strips more than spaces in front");
                yield new PieceSpelling(byteLevel, byteFallback, replaced, decoder.count("start", 0), bareFirst);
            }
            default -> this;
        };
    }
}
