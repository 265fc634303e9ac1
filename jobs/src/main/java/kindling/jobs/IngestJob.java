package kindling.jobs;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kindling.jobs.io.Documents;
import kindling.jobs.io.HostList;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.prep.read.Consent;
import kindling.prep.read.Limits;
import kindling.prep.read.PathFilter;
import kindling.prep.read.ReadOptions;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Raw files of many formats to the documents table; what cannot be read goes to the ledger with its reason. */
@Command(
        name = "ingest",
        description = "Read raw files of many formats, also compressed and in archives, into documents.")
final class IngestJob implements Job {
    private static final ReadOptions DEFAULTS = ReadOptions.defaults();
    /** Kinds of a format that people name by themselves. */
    private static final Map<String, String> KINDS = Map.of("wet", "warc", "arc", "warc", "tsv", "csv", "jar", "zip");

    private static final long LEAST_PART_BYTES = 1 << 10; // below that a small file is a million tasks

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(
            names = "--format",
            completionCandidates = Formats.class,
            description =
                    "One of ${COMPLETION-CANDIDATES}, or the kinds wet, arc, tsv, jar; auto goes by name and first bytes; default ${DEFAULT-VALUE}.")
    String format = DEFAULTS.format();

    /** What {@code --format} takes. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ReadOptions.formats().iterator();
        }
    }

    @Option(
            names = "--text-field",
            description = "JSON lines, tables: the field that holds the text; default ${DEFAULT-VALUE}.")
    String textField = DEFAULTS.textField();

    @Option(
            names = "--id-field",
            description = "JSON lines, tables: the field that names a record; default ${DEFAULT-VALUE}.")
    String idField = DEFAULTS.idField();

    @Option(names = "--extract", description = "HTML: article (main content), full or none; default ${DEFAULT-VALUE}.")
    String extract = DEFAULTS.extract();

    @Option(
            names = "--languages",
            paramLabel = "LIST",
            split = ",",
            description = "Languages to keep, ISO 639-1: en,de; default: all.")
    List<String> languages = List.of();

    @Option(
            names = "--respect",
            paramLabel = "LIST",
            split = ",",
            description = "Signals of web pages to honour: robots (noindex), noai, tdm (reservations); default: none.")
    List<String> respect = List.of();

    @Option(
            names = "--allow-hosts",
            paramLabel = "FILE",
            description = "Keep web pages of these hosts and their subdomains only: one host a line, # comments.")
    InputPath allowHosts;

    @Option(
            names = "--deny-hosts",
            paramLabel = "FILE",
            description = "Drop web pages of these hosts and their subdomains: one host a line, # comments.")
    InputPath denyHosts;

    @Option(
            names = "--include",
            paramLabel = "GLOBS",
            description = "Read only files whose paths match one of these, inside archives too: '**.html,notes/*.txt'.")
    List<String> include = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "GLOBS",
            description = "Leave out files whose paths match one of these, inside archives too: '**.{css,js}'.")
    List<String> exclude = List.of();

    @Option(names = "--max-record-bytes", description = "Longest record that is read; default ${DEFAULT-VALUE}.")
    long maxRecordBytes = DEFAULTS.limits().maxRecordBytes();

    @Option(
            names = "--max-file-bytes",
            description = "Most bytes of one file after decompression; default ${DEFAULT-VALUE}.")
    long maxFileBytes = DEFAULTS.limits().maxFileBytes();

    @Option(names = "--max-depth", description = "Most archives inside one another; default ${DEFAULT-VALUE}.")
    int maxDepth = DEFAULTS.limits().maxDepth();

    @Option(
            names = "--max-extraction-millis",
            description = "Longest time for taking the text out of one record; default ${DEFAULT-VALUE}.")
    long maxExtractionMillis = DEFAULTS.limits().maxExtractionMillis();

    @Option(
            names = "--split-bytes",
            paramLabel = "N",
            descriptionKey = CommonOptions.LAYOUT,
            description = "How much of a large file one task reads; default ${DEFAULT-VALUE}.")
    long splitBytes = Documents.PART_BYTES;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        if (splitBytes < LEAST_PART_BYTES) {
            problems.add("--split-bytes must be >= %d, got %d".formatted(LEAST_PART_BYTES, splitBytes));
        }
        for (String language : languages) {
            if (!language.matches("[a-z]{2,3}")) {
                problems.add("--languages takes ISO 639-1 codes such as en, got " + language);
            }
        }
        attempt(problems, "", () -> consent(Set.of(), Set.of()));
        attempt(problems, "", () -> PathFilter.of(include, exclude));
        attempt(problems, "", this::limits);
        attempt(problems, "", () -> options(PathFilter.everything(), Consent.unasked(), Limits.defaults()));
        attempt(problems, "--allow-hosts: ", () -> hosts(allowHosts));
        attempt(problems, "--deny-hosts: ", () -> hosts(denyHosts));
    }

    private static void attempt(List<String> problems, String option, Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException | UserError e) {
            problems.add(option + e.getMessage());
        }
    }

    /** The hosts of a list, if there is one; that a file is missing is told for all inputs alike. */
    private static Set<String> hosts(InputPath list) {
        return list == null || !Storage.exists(Storage.absolute(list.path())) ? Set.of() : HostList.in(list);
    }

    private Consent consent(Set<String> allowed, Set<String> denied) {
        return new Consent(new TreeSet<>(respect), allowed, denied);
    }

    private Limits limits() {
        return new Limits(maxRecordBytes, maxFileBytes, maxDepth, maxExtractionMillis);
    }

    private ReadOptions options(PathFilter paths, Consent consent, Limits limits) {
        return new ReadOptions(
                KINDS.getOrDefault(format, format),
                textField,
                idField,
                extract,
                true,
                new TreeSet<>(languages),
                paths,
                consent,
                limits);
    }

    @Override
    public void run(Run run) {
        var files = Tables.files(documents.input);
        run.report()
                .put("files_in", files.size())
                .put("bytes_in", files.stream().mapToLong(file -> file.getLen()).sum());
        ReadOptions options =
                options(PathFilter.of(include, exclude), consent(hosts(allowHosts), hosts(denyHosts)), limits());
        LongAccumulator excluded = run.spark().sparkContext().longAccumulator();
        Documents.read(run.spark(), Storage.absolute(documents.input.path()), files, options, splitBytes, excluded)
                .write(run.folder(), run.name(), documents.outputFormat, run.partitions(documents.input), run.report());
        run.report().put("files_excluded", excluded.sum());
    }
}
