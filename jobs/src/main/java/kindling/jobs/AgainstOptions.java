package kindling.jobs;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kindling.jobs.dedup.Contamination;
import kindling.jobs.dedup.Duplicates;
import kindling.jobs.dedup.IndexParameters;
import kindling.jobs.dedup.SignatureIndex;
import kindling.jobs.io.Documents;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** The options by which {@code dedup} drops what evaluation sets hold, and what earlier documents say. */
final class AgainstOptions {
    @Option(
            names = "--against",
            split = ",",
            paramLabel = "PATH",
            description = {
                "Evaluation sets: documents or files of any format that ingest reads, each document an item. Documents",
                "that hold a run of --against-ngram words of an item are dropped as contaminated. The folder of an",
                "index is taken as by --index."
            })
    List<InputPath> against = List.of();

    @Option(
            names = "--against-ngram",
            paramLabel = "N",
            description = {
                "--against: words in a run; default ${DEFAULT-VALUE}. Items of fewer words are one run; of fewer than 8,",
                "and fewer than N, none. Runs that more than 100 items have are left out."
            })
    int ngram = 13; // Brown et al. (2020), appendix C

    @Option(
            names = "--against-share",
            paramLabel = "X",
            description = {
                "--against: share of an item's runs, 0 to 1, that a document must hold to be dropped; default",
                "${DEFAULT-VALUE}, one run is enough."
            })
    double share = 0; // Brown et al. (2020) take any; Chowdhery et al. (2022), "PaLM", section 8, take 0.7 of runs of 8

    @Option(
            names = "--index",
            split = ",",
            paramLabel = "DIR",
            description = {
                "Indexes of old documents, or outputs of dedup that hold one: new documents that duplicate an old one",
                "are dropped. Their texts are not read again."
            })
    List<InputPath> indexes = List.of();

    @Option(
            names = "--write-index",
            description = "Write an index of these documents into _index of the output, for --index of later runs.")
    boolean writeIndex;

    void check(List<String> problems) {
        if (ngram < 1) {
            problems.add("--against-ngram must be >= 1, got " + ngram);
        }
        if (!(share >= 0 && share <= 1)) {
            problems.add("--against-share must be in [0, 1], got " + share);
        }
    }

    /** Why the indexes cannot be used with these options; empty when they can. */
    List<String> indexProblems(Duplicates.Options options) {
        if ((writeIndex || !oldIndexes().isEmpty()) && !options.exact() && !options.similar()) {
            return List.of("an index needs exact or minhash in --method");
        }
        return oldIndexes().stream()
                .flatMap(path -> parameters(options).problems(path).stream())
                .toList();
    }

    private List<String> oldIndexes() {
        return Stream.concat(indexes.stream(), against.stream().filter(path -> IndexParameters.isIndex(path.path())))
                .map(InputPath::path)
                .toList();
    }

    private static IndexParameters parameters(Duplicates.Options options) {
        return new IndexParameters(
                options.exact(),
                options.similar(),
                options.ngram(),
                options.banding().bands(),
                options.banding().rows(),
                options.seed());
    }

    /** The clusters, joined to old documents where there are indexes of them. Writes an index where that is asked for. */
    Dataset<Row> compared(
            Dataset<Row> clusters, Dataset<Row> documents, Duplicates.Options options, Run run, int partitions) {
        if (!writeIndex && oldIndexes().isEmpty()) {
            return clusters;
        }
        SignatureIndex index = new SignatureIndex(documents, parameters(options));
        if (writeIndex) {
            run.report().put("index", index.write(run.file("_index"), partitions));
        }
        List<Path> folders = oldIndexes().stream().map(IndexParameters::folder).toList();
        return folders.isEmpty()
                ? clusters
                : index.compared(clusters, folders, options.threshold())
                        .repartition(partitions, col("id"))
                        .sortWithinPartitions("id");
    }

    /** The documents without those that hold items of the evaluation sets. */
    Outcomes clean(Outcomes all, Run run, String format, int partitions) {
        List<InputPath> paths = against.stream()
                .filter(path -> !IndexParameters.isIndex(path.path()))
                .toList();
        if (paths.isEmpty()) {
            return all;
        }
        List<Dataset<Row>> sets = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (InputPath path : paths) {
            names.add(name(path, names));
            sets.add(Contamination.items(items(run, path, partitions), names.get(names.size() - 1)));
        }
        return new Contamination(Contamination.all(sets), new Contamination.Options(ngram, share))
                .dropped(all, run.folder(), format, run.report())
                .placed(partitions)
                .persisted();
    }

    private static Dataset<Row> items(Run run, InputPath path, int partitions) {
        boolean table = Tables.isParquet(Tables.files(path));
        Outcomes items = table ? Documents.read(run.spark(), path) : Documents.raw(run.spark(), path);
        return items.placed(partitions).documents();
    }

    /** The last part of the path; a second one of that name is {@code NAME#2}. */
    private static String name(InputPath path, List<String> taken) {
        String last = new Path(path.path()).getName();
        String name = last;
        for (int i = 2; taken.contains(name); i++) {
            name = last + "#" + i;
        }
        return name;
    }
}
