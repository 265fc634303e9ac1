package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.size;

import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.prep.Verdict;
import kindling.prep.pii.Finding;
import kindling.prep.pii.Operator;
import kindling.prep.pii.Redactor;
import kindling.prep.pii.RedactorConfig;
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
@Command(
        name = "redact",
        description = "Replace personal data in documents.",
        footer = {
            "",
            "Patterns: EMAIL, PHONE, URL, IP, MAC, CREDIT_CARD, IBAN, CRYPTO, API_KEY, PRIVATE_KEY, DATE_OF_BIRTH,",
            "PASSPORT, DRIVER_LICENSE, ABA, US_BANK_NUMBER, US_DRIVER_LICENSE, US_ITIN, US_MBI, US_NPI, US_PASSPORT,",
            "US_SSN, MEDICAL_LICENSE, UK_NHS, UK_NINO, UK_POSTCODE, AR_CUIT, AT_SVNR, AU_ABN, AU_ACN, AU_MEDICARE, AU_TFN,",
            "BE_NATIONAL_NUMBER, BG_EGN, BR_CNPJ, BR_CPF, CA_SIN, CH_AHV, CL_RUT, CN_RESIDENT_ID, CZ_RODNE_CISLO,",
            "DE_ID_CARD, DE_SOCIAL_SECURITY, DE_TAX_ID, DK_CPR, EE_ISIKUKOOD, ES_NIE, ES_NIF, FI_HETU, FR_NIR, GR_AFM,",
            "GR_AMKA, HK_ID, HR_OIB, IE_PPS, IL_ID, IN_AADHAAR, IN_PAN, IN_VOTER, IT_FISCAL_CODE, JP_MY_NUMBER, KR_RRN,",
            "LT_ASMENS_KODAS, MX_CURP, NL_BSN, NO_FODSELSNUMMER, NZ_IRD, PL_PESEL, PT_NIF, RO_CNP, RU_INN, RU_SNILS,",
            "SE_PERSONNUMMER, SG_NRIC, TH_ID, TR_TCKN, TW_ID, ZA_ID.",
            "With all: ADDRESS, DATE, LOCATION, ORG, PERSON."
        })
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
            description =
                    "Types to look for; patterns (the default) and all, which adds names, organisations, places and"
                            + " addresses, stand for many.")
    List<String> entities = List.of(RedactorConfig.PATTERNS);

    @Option(
            names = "--threshold",
            split = ",",
            paramLabel = "TYPE=NUMBER",
            description =
                    "Least score of a type's findings, 0 to 1; default 0.4. URL=0.9: only with credentials or tokens.")
    Map<String, Double> thresholds = Map.of();

    @Option(
            names = "--operator",
            description = "tag, mask, hash, pseudonym, or drop the document; default ${DEFAULT-VALUE}.")
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

    @Option(
            names = "--keep-private-ips",
            description = "Leave internet addresses of private networks, such as 192.168.1.1, as they are.")
    boolean keepPrivateIps;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        try {
            new Redactor(config());
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

    private RedactorConfig config() {
        return new RedactorConfig(Set.copyOf(entities), thresholds, operator(), key(), phoneRegions, !keepPrivateIps);
    }

    private Operator operator() {
        return Stream.of(Operator.values())
                .filter(known -> known.name().equalsIgnoreCase(operator))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--operator is one of tag, mask, hash, pseudonym, drop, got " + operator));
    }

    @Override
    public void run(Run run) {
        int partitions = run.partitions(documents.input);
        RedactorConfig config = config();
        Dataset<Row> redacted = Documents.read(run.spark(), documents.input)
                .placed(partitions) // a document that is dropped for its id has no findings
                .judged(FINDINGS, () -> judge(new Redactor(config), config.operator()))
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
                .put(
                        "documents_with_findings",
                        redacted.filter(size(col("findings")).gt(0)).count())
                .put("bytes_in", Tables.sum(redacted, col("bytes")))
                .phase("redact");
        new Outcomes(redacted)
                .confidential()
                .write(run.folder(), run.name(), documents.outputFormat, partitions, run.report());
        redacted.unpersist();
    }

    private static Judge judge(Redactor redactor, Operator operator) {
        return document -> {
            Redactor.Redaction redaction = redactor.redact(document.text());
            Row[] findings = redaction.findings().stream().map(RedactJob::row).toArray(Row[]::new);
            long bytes = document.text().getBytes(UTF_8).length;
            boolean drop = operator == Operator.DROP && findings.length > 0;
            Verdict verdict = drop ? new Verdict.Drop("personal_data", counts(redaction.findings())) : Verdict.KEEP;
            return new Outcome(document.withText(redaction.text()), verdict, findings, bytes);
        };
    }

    /** {@code EMAIL 2, PHONE 1}. */
    private static String counts(List<Finding> findings) {
        return findings.stream()
                .collect(Collectors.groupingBy(Finding::type, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Row row(Finding finding) {
        return RowFactory.create(finding.start(), finding.end(), finding.type(), finding.score());
    }
}
