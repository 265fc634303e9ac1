package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.prep.Verdict;
import kindling.prep.pii.Finding;
import kindling.prep.pii.Redactor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replaces personal data in texts; where it stood, and of which type it was, goes to {@code _findings}, its value nowhere. */
@Command(name = "redact", description = "Replace personal data in documents.")
final class RedactJob implements Job {
    private static final StructType FINDING = new StructType()
            .add("start", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false)
            .add("type", DataTypes.StringType, false)
            .add("score", DataTypes.DoubleType, false);

    private static final StructType FINDINGS = new StructType()
            .add("findings", DataTypes.createArrayType(FINDING, false), true)
            .add("bytes", DataTypes.LongType, true); // of the text as it came in

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(
            names = "--entities",
            split = ",",
            paramLabel = "LIST",
            description = "Types to look for; default all patterns.")
    List<String> entities = List.of();

    @Option(names = "--operator", description = "tag, mask, hash or pseudonym; default ${DEFAULT-VALUE}.")
    String operator = "tag";

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            descriptionKey = CommonOptions.LAYOUT,
            description = "Key of hash and pseudonym; default: the environment variable KINDLING_PII_KEY.")
    String keyFile;

    @Option(
            names = "--phone-regions",
            split = ",",
            paramLabel = "LIST",
            description = "Countries of numbers without a prefix.")
    List<String> phoneRegions = List.of("US", "GB", "DE", "FR", "ES", "IT", "IN");

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        try {
            redactor(types(), operator, key(), phoneRegions);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /** Another key gives other pseudonyms: a digest of it, from which nobody finds it, stands in the manifest. */
    @Override
    public Map<String, String> facts() {
        byte[] key = key();
        return key.length == 0
                ? Map.of()
                : Map.of("key", Digest.of("kindling key " + HexFormat.of().formatHex(key)));
    }

    private Set<String> types() {
        return new TreeSet<>(entities);
    }

    private byte[] key() {
        if (keyFile != null) {
            try {
                return Storage.bytes(Storage.absolute(keyFile));
            } catch (UncheckedIOException e) {
                throw new IllegalArgumentException("--key-file: " + e.getMessage(), e);
            }
        }
        String variable = System.getenv("KINDLING_PII_KEY");
        return variable == null ? new byte[0] : variable.getBytes(UTF_8);
    }

    private static Redactor redactor(Set<String> types, String operator, byte[] key, List<String> regions) {
        try {
            return Redactor.of(types, Redactor.Operator.valueOf(operator.toUpperCase(Locale.ROOT)), key, regions);
        } catch (IllegalArgumentException e) {
            boolean unknown = List.of(Redactor.Operator.values()).stream()
                    .noneMatch(o -> o.name().equalsIgnoreCase(operator));
            throw unknown
                    ? new IllegalArgumentException(
                            "--operator is one of tag, mask, hash, pseudonym, got " + operator, e)
                    : e;
        }
    }

    @Override
    public void run(Run run) {
        int partitions = run.partitions(documents.input);
        Set<String> types = types();
        String how = operator;
        byte[] key = key();
        List<String> regions = List.copyOf(phoneRegions);
        Dataset<Row> redacted = Documents.read(run.spark(), documents.input)
                .placed(partitions) // a document that is dropped for its id has no findings
                .judged(FINDINGS, () -> judge(redactor(types, how, key, regions)))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> findings = redacted.select(
                        col("id"), explode(col("findings")).as("finding"))
                .select("id", "finding.start", "finding.end", "finding.type", "finding.score")
                .repartition(partitions, col("id"))
                .sortWithinPartitions("id", "start");
        Tables.write(findings, run.file("_findings"), documents.outputFormat);
        Map<String, Long> counts = new TreeMap<>();
        findings.groupBy("type").count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        run.report()
                .put("findings", counts)
                .put("bytes_in", Tables.sum(redacted, col("bytes")))
                .phase("redact");
        new Outcomes(redacted)
                .confidential()
                .write(run.folder(), run.name(), documents.outputFormat, partitions, run.report());
        redacted.unpersist();
    }

    private static Judge judge(Redactor redactor) {
        return document -> {
            Redactor.Redaction redaction = redactor.redact(document.text());
            Row[] findings = redaction.findings().stream().map(RedactJob::row).toArray(Row[]::new);
            long bytes = document.text().getBytes(UTF_8).length;
            return new Outcome(document.withText(redaction.text()), Verdict.KEEP, findings, bytes);
        };
    }

    private static Row row(Finding finding) {
        return RowFactory.create(finding.start(), finding.end(), finding.type(), finding.score());
    }
}
