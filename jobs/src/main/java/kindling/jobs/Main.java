package kindling.jobs;

import java.util.ArrayList;
import java.util.List;
import kindling.jobs.bench.Bench;
import kindling.jobs.bench.BenchJob;
import kindling.jobs.bench.Figures;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The entry of the application: {@code kindling JOB [--option value …]}. Exit codes: 0 done, 1 failed, 2 a mistake of the
 * caller.
 */
@Command(
        name = "kindling",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "JOB",
        description = "Raw documents to a trained language model and a summarized collection, on Apache Spark.",
        footer = {
            "",
            "kindling JOB --help lists a job's options. Options for Spark: --master, --conf key=value,",
            "--driver-memory, --executor-memory, --properties-file."
        },
        subcommands = {
            FetchJob.class,
            IngestJob.class,
            FilterJob.class,
            DedupJob.class,
            RedactJob.class,
            SplitJob.class,
            TrainClassifierJob.class,
            TrainTokenizerJob.class,
            EncodeJob.class,
            TokenizeJob.class,
            CheckJob.class,
            ForgetJob.class,
            MixJob.class,
            TrainJob.class,
            PairsJob.class,
            FinetuneJob.class,
            ConvertJob.class,
            GenerateJob.class,
            SummarizeJob.class,
            ScoreJob.class,
            RunJob.class,
            TraceJob.class,
            BenchJob.class
        })
public final class Main {
    private static final int FAILED = 1;
    private static final int USER_ERROR = 2;

    private Main() {}

    public static void main(String[] args) {
        int code = execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs a command line and returns its exit code. */
    static int execute(String... args) {
        try (Session session = new Session()) {
            return execute(session, args);
        }
    }

    static int execute(Session session, String... args) {
        try {
            return run(session, commandLine(), args);
        } catch (UserError e) {
            System.err.println("kindling: " + e.getMessage());
            return USER_ERROR;
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED;
        }
    }

    private static int run(Session session, CommandLine root, String... args) throws Exception {
        ParseResult parsed = root.parseArgs(args);
        if (CommandLine.printHelpIfRequested(parsed)) {
            return 0;
        }
        List<String> mistakes = CommandLineMistakes.of(parsed);
        if (!mistakes.isEmpty()) {
            throw new UserError(String.join("\n", mistakes));
        }
        if (!parsed.hasSubcommand()) {
            root.usage(System.err);
            return USER_ERROR;
        }
        CommandLine command = deepest(parsed).commandSpec().commandLine();
        JobRunner runner = new JobRunner(session);
        if (command.getCommand() instanceof BenchJob) {
            command.usage(System.err);
            return USER_ERROR;
        }
        if (command.getCommand() instanceof Bench bench) {
            measure(bench);
        } else if (command.getCommand() instanceof RunJob recipe) {
            recipe.run(runner);
        } else if (command.getCommand() instanceof TraceJob trace) {
            trace.run(System.out);
        } else if (command.getCommand() instanceof Tool tool) {
            return tool.run(session, System.out);
        } else {
            runner.run(command);
        }
        return 0;
    }

    private static ParseResult deepest(ParseResult parsed) {
        return parsed.hasSubcommand() ? deepest(parsed.subcommand()) : parsed;
    }

    private static void measure(Bench bench) throws Exception {
        List<String> problems = new ArrayList<>();
        bench.check(problems);
        if (!problems.isEmpty()) {
            throw new UserError(String.join("\n", problems));
        }
        bench.run(new Figures(System.out));
    }

    /** All commands, ready to parse: mistakes are collected, not thrown one by one. */
    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Main());
        prepare(root);
        return root;
    }

    private static void prepare(CommandLine command) {
        command.registerConverter(InputPath.class, InputPath::new);
        command.setUsageHelpAutoWidth(true);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setOverwrittenOptionsAllowed(false);
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(Main::prepare);
    }
}
