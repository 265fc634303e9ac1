package kindling.jobs;

import java.util.List;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.prep.read.ReadOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Raw files of many formats to the documents table; what cannot be read goes to the ledger with its reason. */
@Command(name = "ingest", description = "Read raw files (text, JSON lines, HTML, zip, jar, gzip) into documents.")
final class IngestJob implements Job {
    private static final ReadOptions DEFAULTS = ReadOptions.defaults();

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(names = "--format", description = "auto, text, jsonl, html or zip; default ${DEFAULT-VALUE}.")
    String format = DEFAULTS.format();

    @Option(
            names = "--text-field",
            description = "JSON lines: the field that holds the text; default ${DEFAULT-VALUE}.")
    String textField = DEFAULTS.textField();

    @Option(names = "--id-field", description = "JSON lines: the field that names a record; default ${DEFAULT-VALUE}.")
    String idField = DEFAULTS.idField();

    @Option(names = "--extract", description = "HTML: article (main content), full or none; default ${DEFAULT-VALUE}.")
    String extract = DEFAULTS.extract();

    @Option(names = "--max-record-bytes", description = "Longest record that is read; default ${DEFAULT-VALUE}.")
    long maxRecordBytes = DEFAULTS.limits().maxRecordBytes();

    @Option(
            names = "--max-file-bytes",
            description = "Most bytes of one file after decompression; default ${DEFAULT-VALUE}.")
    long maxFileBytes = DEFAULTS.limits().maxFileBytes();

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        try {
            options();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private ReadOptions options() {
        return new ReadOptions(
                format,
                textField,
                idField,
                extract,
                DEFAULTS.languages(),
                DEFAULTS.consent(),
                DEFAULTS.limits().withMaxRecordBytes(maxRecordBytes).withMaxFileBytes(maxFileBytes));
    }

    @Override
    public void run(Run run) {
        var files = Tables.files(documents.input);
        run.report()
                .put("files_in", files.size())
                .put("bytes_in", files.stream().mapToLong(file -> file.getLen()).sum());
        Documents.read(run.spark(), Storage.absolute(documents.input.path()), files, options())
                .write(run.folder(), run.name(), documents.outputFormat, run.partitions(documents.input), run.report());
    }
}
