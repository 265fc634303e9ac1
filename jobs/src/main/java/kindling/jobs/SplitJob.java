package kindling.jobs;

import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Tables;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Divides documents into named parts, such as training and held-out ones, each a folder of the output. By id, a document's part follows
 * from its id and the seed alone, so a corpus that grows never moves a document from one part to another. By position, each document is cut
 * and its pieces go to the parts in order: for a corpus that is one text.
 */
@Command(
        name = "split",
        description = "Divide documents, or each document's text, into parts such as train and heldout.")
final class SplitJob implements Job {
    private static final String POSITION = "position";
    private static final double SHARE_GRID = 1e12;
    private static final String WHOLE = "_whole"; // whether a text has come to its end

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "NAME=SHARE",
            description = "The parts and their shares, which add up to 1; default train=0.95,heldout=0.05.")
    Map<String, Double> parts = new LinkedHashMap<>();

    @Option(
            names = "--by",
            description =
                    "id: whole documents; position: each text is cut in the order of the parts; default ${DEFAULT-VALUE}.")
    String by = "id";

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        if (!by.equals("id") && !by.equals(POSITION)) {
            problems.add("--by is id or position, got " + by);
        }
        double sum = shares().values().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > 1e-9 || shares().values().stream().anyMatch(share -> share < 0)) {
            problems.add("--parts: shares must be >= 0 and add up to 1, got " + shares());
        }
        shares().keySet().stream()
                .filter(name -> !name.matches("[A-Za-z0-9][A-Za-z0-9_-]*"))
                .forEach(name -> problems.add("--parts: a part is named with letters, digits, - and _, got " + name));
    }

    private Map<String, Double> shares() {
        if (!parts.isEmpty()) {
            return parts;
        }
        Map<String, Double> usual = new LinkedHashMap<>();
        usual.put("train", 0.95);
        usual.put("heldout", 0.05);
        return by.equals(POSITION) ? usual : new TreeMap<>(usual); // by draws heldout has the lowest ones
    }

    @Override
    public void run(Run run) {
        int partitions = run.partitions(documents.input);
        Outcomes all =
                Documents.read(run.spark(), documents.input).placed(partitions).persisted();
        Map<String, Long> sizes = new TreeMap<>();
        long characters = 0;
        long out = 0;
        double from = 0;
        for (Map.Entry<String, Double> part : shares().entrySet()) {
            boolean last = sizes.size() == shares().size() - 1;
            double to = last ? 1 : from + part.getValue();
            Dataset<Row> marked = by.equals(POSITION) ? between(all, from, to, last) : within(all, from, to);
            Dataset<Row> rows = marked.drop(WHOLE);
            Tables.write(rows.sortWithinPartitions(col(Documents.ID)), run.file(part.getKey()), documents.outputFormat);
            sizes.put(part.getKey(), rows.count());
            characters += Tables.sum(rows, char_length(col(Documents.TEXT)));
            out += marked.filter(col(WHOLE)).count();
            from = to;
        }
        requireAll(all, characters);
        run.report().put("parts", sizes).put("characters", characters);
        all.settle(run.folder(), run.name(), documents.outputFormat, out, run.report());
        all.unpersist();
    }

    private static void requireAll(Outcomes all, long written) {
        long characters = Tables.sum(all.documents(), char_length(col(Documents.TEXT)));
        if (written != characters) {
            throw new IllegalStateException(
                    "%d characters came in, %d went out: nothing was committed".formatted(characters, written));
        }
    }

    private Dataset<Row> within(Outcomes all, double start, double end) {
        long seed = common.seed;
        FilterFunction<Row> within = row -> isWithin(row.getString(0), seed, start, end);
        return all.documents().filter(within).withColumn(WHOLE, lit(true));
    }

    /** The pieces of all texts between two shares of their length, in code points; a text that is too short has none, an empty one the last. */
    private static Dataset<Row> between(Outcomes all, double start, double end, boolean last) {
        Column text = col(Documents.TEXT);
        Column length = char_length(text);
        Column from = place(text, start);
        Column to = place(text, end);
        return all.documents()
                .filter(from.lt(to).or(length.equalTo(0).and(lit(last))))
                .withColumn(WHOLE, to.equalTo(length))
                .withColumn(Documents.TEXT, text.substr(from.plus(1), to.minus(from)));
    }

    /** floor(share of the length); shares that add up to 1 but for their last bits are 1. */
    private static Column place(Column text, double share) {
        double exact = Math.round(share * SHARE_GRID) / SHARE_GRID;
        return floor(char_length(text).multiply(exact)).cast(DataTypes.IntegerType);
    }

    /** Whether a draw in [0, 1), made from the seed and the id, lies in [start, end). */
    static boolean isWithin(String id, long seed, double start, double end) {
        long bits = Long.parseUnsignedLong(Digest.of(seed + " " + id).substring(0, 13), 16); // 52 bits
        double draw = bits / (double) (1L << 52);
        return draw >= start && draw < end;
    }
}
