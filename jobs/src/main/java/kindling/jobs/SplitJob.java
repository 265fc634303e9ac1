package kindling.jobs;

import static org.apache.spark.sql.functions.col;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Tables;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Divides documents into named parts, such as training and held-out ones, each a folder of the output. A document's part follows
 * from its id and the seed alone, so a corpus that grows never moves a document from one part to another.
 */
@Command(name = "split", description = "Divide documents into parts, for example train and heldout.")
final class SplitJob implements Job {
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

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        double sum = shares().values().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > 1e-9 || shares().values().stream().anyMatch(share -> share < 0)) {
            problems.add("--parts: shares must be >= 0 and add up to 1, got " + shares());
        }
        shares().keySet().stream()
                .filter(name -> !name.matches("[A-Za-z0-9][A-Za-z0-9_-]*"))
                .forEach(name -> problems.add("--parts: a part is named with letters, digits, - and _, got " + name));
    }

    private Map<String, Double> shares() {
        return parts.isEmpty() ? new TreeMap<>(Map.of("train", 0.95, "heldout", 0.05)) : parts;
    }

    @Override
    public void run(Run run) {
        int partitions = run.partitions(documents.input);
        Outcomes all =
                Documents.read(run.spark(), documents.input).placed(partitions).persisted();
        Map<String, Long> sizes = new TreeMap<>();
        double from = 0;
        for (Map.Entry<String, Double> part : shares().entrySet()) {
            double start = from;
            double end = start + part.getValue();
            long seed = common.seed;
            FilterFunction<Row> within = row -> isWithin(row.getString(0), seed, start, end);
            Dataset<Row> rows = all.documents().filter(within).sortWithinPartitions(col(Documents.ID));
            Tables.write(rows, run.file(part.getKey()), documents.outputFormat);
            sizes.put(part.getKey(), rows.count());
            from = end;
        }
        long out = sizes.values().stream().mapToLong(Long::longValue).sum();
        run.report().put("parts", sizes);
        all.settle(run.folder(), run.name(), documents.outputFormat, out, run.report());
        all.unpersist();
    }

    /** Whether a draw in [0, 1), made from the seed and the id, lies in [start, end). */
    static boolean isWithin(String id, long seed, double start, double end) {
        long bits = Long.parseUnsignedLong(Digest.of(seed + " " + id).substring(0, 13), 16); // 52 bits
        double draw = bits / (double) (1L << 52);
        return draw >= start && (draw < end || end > 1 - 1e-9);
    }
}
