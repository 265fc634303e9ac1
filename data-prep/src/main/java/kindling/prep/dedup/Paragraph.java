package kindling.prep.dedup;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a text, as CCNet, Dolma and DCLM take paragraphs: extracted web text has one on each line.
 *
 * <p>Sources: G. Wenzek et al., "CCNet" (2020), §3.1; L. Soldaini et al., "Dolma" (2024), §5.5.
 *
 * @param start of its first character that is no white space, in UTF-16 units
 * @param end behind its last one
 * @param key equal for paragraphs that differ in case, white space and Unicode form only, see {@link Fingerprint}
 */
public record Paragraph(int start, int end, String key) {
    /**
     * The paragraphs of a text that are long enough to be told apart.
     *
     * @param minWords shorter ones are left out; words are runs of anything but white space, or single characters in scripts
     *     without spaces
     */
    public static List<Paragraph> of(String text, int minWords) {
        List<Paragraph> paragraphs = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int lineEnd = text.indexOf('\n', from);
            int to = lineEnd < 0 ? text.length() : lineEnd;
            String line = text.substring(from, to);
            Tokens words = Tokens.of(line);
            if (words.count() >= Math.max(1, minWords)) {
                int start = from + words.start(0);
                int end = from + words.end(words.count() - 1);
                paragraphs.add(new Paragraph(start, end, Fingerprint.of(line)));
            }
            from = to + 1;
        }
        return paragraphs;
    }
}
