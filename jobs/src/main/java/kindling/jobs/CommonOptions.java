package kindling.jobs;

import picocli.CommandLine.Option;

/** The options of every job. */
public final class CommonOptions {
    /** Marks options that change how a result is made or laid out, never what it says: the manifest leaves them out. */
    public static final String LAYOUT = "layout";

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            descriptionKey = LAYOUT,
            description = "The folder to write.")
    String output;

    @Option(
            names = "--overwrite",
            descriptionKey = LAYOUT,
            description = "Replace what an earlier, different run wrote to the output.")
    boolean overwrite;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            descriptionKey = LAYOUT,
            description = "Number of parts to work in; default: from the size of the input.")
    Integer partitions;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random draws; default ${DEFAULT-VALUE}.")
    long seed = 42;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
