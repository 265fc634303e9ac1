package kindling.jobs.dedup;

import java.io.Serializable;
import java.util.HexFormat;
import java.util.Iterator;
import kindling.prep.dedup.Fingerprint;
import kindling.prep.dedup.Shingles;
import org.apache.spark.sql.Row;

/**
 * What comparing needs to know of a document.
 *
 * @param node its number: the part it lies in, in the upper 32 bits, and its place there. Numbers stand for ids wherever documents
 *     are many; nothing that is written depends on them.
 * @param fingerprint two halves of the {@link Fingerprint} of its text
 * @param shingles sorted; empty when only equal texts are looked for
 * @param length of its text in code points
 */
@SuppressWarnings("ArrayRecordComponent") // 64-bit hashes by the hundred; compared by their elements only
record Sketch(long node, String id, long[] fingerprint, long[] shingles, int length) implements Serializable {
    /** @param ngram words in a shingle, 0 for none */
    static Iterator<Sketch> of(int part, Iterator<Row> documents, int ngram) {
        return new Iterator<>() {
            private long node = (long) part << 32;

            @Override
            public boolean hasNext() {
                return documents.hasNext();
            }

            @Override
            public Sketch next() {
                Row row = documents.next();
                return of(node++, row.getString(0), row.getString(1), ngram);
            }
        };
    }

    private static Sketch of(long node, String id, String text, int ngram) {
        String digest = Fingerprint.of(text);
        int middle = digest.length() / 2;
        long[] halves = {
            HexFormat.fromHexDigitsToLong(digest, 0, middle), HexFormat.fromHexDigitsToLong(digest, middle, 2 * middle)
        };
        long[] shingles = ngram == 0 ? new long[0] : Shingles.of(text, ngram);
        return new Sketch(node, id, halves, shingles, text.codePointCount(0, text.length()));
    }

    /** The part that a document lies in. */
    static int part(long node) {
        return (int) (node >>> 32);
    }

    boolean equalText(Sketch other) {
        return fingerprint[0] == other.fingerprint[0] && fingerprint[1] == other.fingerprint[1];
    }

    /** The Jaccard similarity of the shingles; 1 for equal texts, which may have none. */
    double similarity(Sketch other) {
        return equalText(other) ? 1 : Shingles.jaccard(shingles, other.shingles);
    }
}
