package kindling.jobs;

import java.util.List;
import java.util.Locale;
import kindling.jobs.dedup.Duplicates;
import kindling.jobs.dedup.Keep;
import kindling.prep.dedup.Banding;
import picocli.CommandLine.Option;

/** The options of the methods that compare whole documents, {@code exact} and {@code minhash}. */
final class DuplicateOptions {
    static final List<String> METHODS = List.of("exact", "minhash");

    private static final List<String> KEEP = List.of("first", "longest");
    private static final int BANDS = 14; // with 8 rows: a pair at 0.8 becomes a candidate with probability 0.92,
    private static final int ROWS = 8; // at 0.9 with 1.00

    @Option(
            names = "--threshold",
            description = "minhash: least Jaccard similarity of shingles; default ${DEFAULT-VALUE}.")
    double threshold = 0.8;

    @Option(names = "--ngram", description = "minhash: words in a shingle; default ${DEFAULT-VALUE}.")
    int ngram = 5;

    @Option(names = "--bands", description = "minhash: bands of the signature; default 14.")
    Integer bands;

    @Option(names = "--rows", description = "minhash: rows in a band; default 8.")
    Integer rows;

    @Option(
            names = "--recall",
            description =
                    "minhash: choose bands and rows such that a pair at the threshold becomes a candidate with this"
                            + " probability, between 0 and 1; --bands and --rows go before it.")
    Double recall;

    @Option(
            names = "--keep",
            description = "Which document of a cluster stays: first (smallest id) or longest; default first.")
    String keep = "first";

    void check(List<String> problems) {
        if (!(threshold > 0 && threshold <= 1)) {
            problems.add("--threshold must be in (0, 1], got " + threshold);
        }
        if (recall != null && !(recall > 0 && recall < 1)) {
            problems.add("--recall must be between 0 and 1, got " + recall);
        }
        atLeastOne("--ngram", ngram, problems);
        atLeastOne("--bands", bands, problems);
        atLeastOne("--rows", rows, problems);
        if (!KEEP.contains(keep)) {
            problems.add("--keep is first or longest, got " + keep);
        }
    }

    private static void atLeastOne(String option, Integer value, List<String> problems) {
        if (value != null && value < 1) {
            problems.add("%s must be >= 1, got %d".formatted(option, value));
        }
    }

    Duplicates.Options of(List<String> methods, long seed) {
        return new Duplicates.Options(
                methods.contains("exact"),
                methods.contains("minhash"),
                threshold,
                ngram,
                banding(),
                Keep.valueOf(keep.toUpperCase(Locale.ROOT)),
                seed);
    }

    /** What is asked for by number, else what the recall needs, else what finds 0.92 of pairs at 0.8 and all at 0.9. */
    private Banding banding() {
        if (recall != null && bands == null && rows == null) {
            return Banding.of(threshold, recall);
        }
        return new Banding(bands == null ? BANDS : bands, rows == null ? ROWS : rows);
    }
}
