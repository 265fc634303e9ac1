package kindling.prep.token;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The vocabulary file of tiktoken: a line {@code BASE64 RANK} for each piece, its rank being its id and its place among the merges.
 *
 * <p>The file names no pairs: whichever two neighbours together are a piece may merge. As merges that is every cut of every piece into two
 * pieces, by rank; Hugging Face's converter does the same. Source: {@code tiktoken/load.py} of https://github.com/openai/tiktoken.
 */
final class RankFile {
    private static final int LONGEST = 1024; // characters of a line; published pieces have 128 bytes at most

    private final List<String> pieces = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    private RankFile() {}

    /**
     * @throws IllegalArgumentException for a line that is none, a rank out of order, a byte without a piece, or more than
     *     {@link TokenizerJson#MOST_BYTES} bytes
     */
    static RankFile read(InputStream in) throws IOException {
        RankFile file = new RankFile();
        TokenizerJson.text(in).lines().forEach(file::add);
        for (int b = 0; b < ByteAlphabet.SIZE; b++) {
            if (!file.ids.containsKey(ByteAlphabet.spell((byte) b))) {
                throw new IllegalArgumentException("a rank file must have each byte, lacks 0x%02X".formatted(b));
            }
        }
        return file;
    }

    /** By id, spelled in the {@link ByteAlphabet}. */
    List<String> pieces() {
        return pieces;
    }

    /** Pairs (left id, right id), in the order of their rank. */
    List<int[]> merges() {
        List<int[]> merges = new ArrayList<>();
        for (int id = 0; id < pieces.size(); id++) {
            merges.addAll(cuts(id));
        }
        return merges;
    }

    private void add(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != 2 || line.length() > LONGEST || !fields[1].equals(Integer.toString(pieces.size()))) {
            throw damaged(line);
        }
        String spelling = ByteAlphabet.spell(bytes(fields[0], line));
        ids.put(spelling, pieces.size());
        pieces.add(spelling);
    }

    private byte[] bytes(String base64, String line) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw damaged(line);
        }
    }

    private IllegalArgumentException damaged(String line) {
        return new IllegalArgumentException("line %d of a rank file must be \"BASE64 %d\", got \"%s\""
                .formatted(pieces.size() + 1, pieces.size(), line.substring(0, Math.min(80, line.length()))));
    }

    private List<int[]> cuts(int id) {
        String piece = pieces.get(id);
        List<int[]> cuts = new ArrayList<>();
        for (int at = 1; at < piece.length(); at++) {
            Integer left = ids.get(piece.substring(0, at));
            Integer right = ids.get(piece.substring(at));
            if (left != null && right != null) {
                cuts.add(new int[] {left, right});
            }
        }
        cuts.sort(Arrays::compare);
        return cuts;
    }
}
