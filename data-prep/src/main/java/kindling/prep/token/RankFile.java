package kindling.prep.token;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
    private final List<String> pieces = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    private RankFile() {}

    /**
     * @throws IllegalArgumentException for a line that is none, or a rank out of order
     */
    static RankFile read(InputStream in) throws IOException {
        RankFile file = new RankFile();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            file.add(line);
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
        if (fields.length != 2 || !fields[1].equals(Integer.toString(pieces.size()))) {
            throw new IllegalArgumentException("line %d of a rank file must be \"BASE64 %d\", got \"%s\""
                    .formatted(pieces.size() + 1, pieces.size(), line));
        }
        String spelling = ByteAlphabet.spell(Base64.getDecoder().decode(fields[0]));
        ids.put(spelling, pieces.size());
        pieces.add(spelling);
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
