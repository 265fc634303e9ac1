package kindling.jobs.io;

import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the rows of a job come to, in one pass: counts, bytes, languages, lengths, and a few dropped documents for each reason.
 * Filled on executors, a tally for each partition, and merged; the result follows from the rows alone, not from how they lie.
 */
final class Tally implements Serializable {
    private static final long serialVersionUID = 1;

    /** Dropped documents that are kept for each reason: enough to see a rule's mistakes, few enough to read. */
    static final int SAMPLES = 5;

    private static final int MOST_LANGUAGES = 50; // in a report; the rest is one number

    private final long seed;
    private final TreeMap<String, Long> reasons = new TreeMap<>();
    private final TreeMap<String, Long> languages = new TreeMap<>();
    private final TreeMap<Long, Long> lengths = new TreeMap<>();
    private final TreeMap<String, TreeSet<Sample>> samples = new TreeMap<>();
    private long rows;
    private long bytesIn;
    private long bytesOut;

    /**
     * A dropped document.
     *
     * @param draw a number made from the seed and the id: the smallest ones are the sample
     * @param head the beginning of its text as it came in, with personal data; empty when it has none
     */
    record Sample(String draw, String id, String source, String reason, String detail, String head)
            implements Comparable<Sample>, Serializable {
        private static final Comparator<Sample> BY_DRAW = Comparator.comparing(Sample::draw)
                .thenComparing(Sample::id)
                .thenComparing(Sample::source)
                .thenComparing(Sample::detail)
                .thenComparing(Sample::head);

        @Override
        public int compareTo(Sample other) {
            return BY_DRAW.compare(this, other);
        }
    }

    private Tally(long seed) {
        this.seed = seed;
    }

    /** @param outcomes rows of {@link Outcomes#SCHEMA} */
    static Tally of(Dataset<Row> outcomes, long seed) {
        return outcomes.select(columns()).toJavaRDD().treeAggregate(new Tally(seed), Tally::add, Tally::merge);
    }

    private static Column[] columns() {
        Column dropped = col(Outcomes.REASON).isNotNull();
        return new Column[] {
            col(Outcomes.REASON),
            octet_length(col(Documents.TEXT)),
            char_length(col(Documents.TEXT)),
            col(Documents.LANGUAGE),
            col(Documents.ID),
            col(Documents.SOURCE),
            col(Outcomes.DETAIL),
            when(dropped, substring(col(Documents.TEXT), 1, Snippet.HEAD))
        };
    }

    private Tally add(Row row) {
        rows++;
        bytesIn += row.getInt(1);
        if (row.isNullAt(0)) {
            bytesOut += row.getInt(1);
            lengths.merge(Long.highestOneBit(row.getInt(2)), 1L, Long::sum);
            languages.merge(language(row.getString(3)), 1L, Long::sum);
        } else {
            reasons.merge(row.getString(0), 1L, Long::sum);
            add(sample(row));
        }
        return this;
    }

    /** The primary subtag of RFC 5646, so that a hostile column cannot make a report of a million languages. */
    private static String language(String column) {
        if (column == null || column.isEmpty()) {
            return "unknown";
        }
        String primary = column.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
        return primary.matches("[a-z]{2,3}") ? primary : "other";
    }

    private Sample sample(Row row) {
        String id = row.getString(4);
        return new Sample(
                Digest.of(seed + " " + id), id, orEmpty(row, 5), row.getString(0), orEmpty(row, 6), orEmpty(row, 7));
    }

    private static String orEmpty(Row row, int column) {
        return row.isNullAt(column) ? "" : row.getString(column);
    }

    private void add(Sample sample) {
        TreeSet<Sample> smallest = samples.computeIfAbsent(sample.reason, reason -> new TreeSet<>());
        smallest.add(sample);
        if (smallest.size() > SAMPLES) {
            smallest.pollLast();
        }
    }

    private Tally merge(Tally other) {
        rows += other.rows;
        bytesIn += other.bytesIn;
        bytesOut += other.bytesOut;
        other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        other.languages.forEach((language, count) -> languages.merge(language, count, Long::sum));
        other.lengths.forEach((length, count) -> lengths.merge(length, count, Long::sum));
        other.samples.values().forEach(some -> some.forEach(this::add));
        return this;
    }

    /** All rows, kept and dropped. */
    long rows() {
        return rows;
    }

    /** UTF-8 bytes of all texts. */
    long bytesIn() {
        return bytesIn;
    }

    /** UTF-8 bytes of the texts that are kept. */
    long bytesOut() {
        return bytesOut;
    }

    /** Dropped documents by reason. */
    SortedMap<String, Long> reasons() {
        return reasons;
    }

    /** Kept documents by characters (code points) of their text: those with {@code n} to {@code 2 n - 1} stand under n. */
    SortedMap<Long, Long> lengths() {
        return lengths;
    }

    /** Kept documents by language, the most frequent first; {@code rest} is what the 50 do not hold. */
    Map<String, Long> languages() {
        Map<String, Long> most = new LinkedHashMap<>();
        languages.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> most.merge(
                        most.size() < MOST_LANGUAGES ? entry.getKey() : "rest", entry.getValue(), Long::sum));
        return most;
    }

    /** The dropped documents that the seed chose, by reason. */
    Stream<Sample> samples() {
        return samples.values().stream().flatMap(TreeSet::stream);
    }
}
