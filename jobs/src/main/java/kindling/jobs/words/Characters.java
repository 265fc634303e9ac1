package kindling.jobs.words;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.io.Documents;
import kindling.prep.words.NormalForm;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The characters that documents consist of: each part finds its own, a bit a code point, and the driver joins them. */
public final class Characters {
    private Characters() {}

    /**
     * Code points, ascending. Halves of surrogate pairs are left out: in a file they could not stand.
     *
     * @param nfc whether texts are brought to Unicode's normal form C first
     */
    public static int[] of(Dataset<Row> documents, boolean nfc) {
        MapPartitionsFunction<Row, byte[]> find = rows -> found(rows, nfc);
        List<byte[]> parts = documents
                .select(col(Documents.TEXT))
                .mapPartitions(find, Encoders.BINARY())
                .collectAsList();
        BitSet all = new BitSet();
        parts.forEach(part -> all.or(BitSet.valueOf(part)));
        return all.stream().toArray();
    }

    private static Iterator<byte[]> found(Iterator<Row> rows, boolean nfc) {
        BitSet points = new BitSet();
        rows.forEachRemaining(row -> {
            String text = nfc ? NormalForm.NFC.apply(row.getString(0)) : row.getString(0);
            text.codePoints().forEach(points::set);
        });
        points.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
        return new ArrayList<>(List.of(points.toByteArray())).iterator();
    }
}
