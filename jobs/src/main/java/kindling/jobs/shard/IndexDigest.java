package kindling.jobs.shard;

import java.util.HexFormat;
import kindling.jobs.io.Digest;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** What tells one index of documents from another, whatever the order of its rows: the sum of 64 bits of each row's SHA-256. */
final class IndexDigest {
    /** Its name in {@code manifest.json}. */
    static final String FIELD = "index";

    private static final int DIGITS = 16; // hex digits of 64 bits

    private IndexDigest() {}

    /** @param index rows of {@link TokenShards#INDEX} */
    static String of(JavaRDD<Row> index) {
        return HexFormat.of().toHexDigits(index.map(IndexDigest::of).fold(0L, Long::sum));
    }

    private static long of(Row row) {
        String place = row.getInt(1) + " " + row.getLong(2) + " " + row.getLong(3);
        String hex = new Digest().add(row.getString(0)).add(place).hex();
        return HexFormat.fromHexDigitsToLong(hex, 0, DIGITS);
    }
}
