package kindling.jobs;

import java.util.List;
import kindling.jobs.dedup.Duplicates;
import picocli.CommandLine.Option;

/** The options of the methods that compare whole documents, {@code exact} and {@code minhash}. */
final class DuplicateOptions {
    static final List<String> METHODS = List.of("exact", "minhash");

    @Option(
            names = "--threshold",
            description = "minhash: least Jaccard similarity of shingles; default ${DEFAULT-VALUE}.")
    double threshold = 0.8;

    @Option(names = "--ngram", description = "minhash: words in a shingle; default ${DEFAULT-VALUE}.")
    int ngram = 5;

    @Option(names = "--bands", description = "minhash: bands of the signature; default ${DEFAULT-VALUE}.")
    int bands = 14; // with 8 rows: a pair at 0.8 becomes a candidate with probability 0.92, at 0.9 with 1.00

    @Option(names = "--rows", description = "minhash: rows in a band; default ${DEFAULT-VALUE}.")
    int rows = 8;

    void check(List<String> problems) {
        if (!(threshold > 0 && threshold <= 1)) {
            problems.add("--threshold must be in (0, 1], got " + threshold);
        }
        if (ngram < 1 || bands < 1 || rows < 1) {
            problems.add("--ngram, --bands and --rows must be >= 1, got %d, %d and %d".formatted(ngram, bands, rows));
        }
    }

    Duplicates.Options of(List<String> methods, long seed) {
        return new Duplicates.Options(
                methods.contains("exact"), methods.contains("minhash"), threshold, ngram, bands, rows, seed);
    }
}
