package kindling.jobs.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the benchmarks. */
@Command(
        name = "bench",
        synopsisSubcommandLabel = "NAME",
        description = "Measure this machine: one line a figure, name value unit.",
        subcommands = {
            IngestBench.class,
            FilterBench.class,
            DedupBench.class,
            RedactBench.class,
            TokenizerBench.class,
            TrainBench.class,
            GenerateBench.class
        })
public final class BenchJob {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
