package kindling.jobs;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import kindling.jobs.io.Storage;
import kindling.jobs.trace.DocumentStory;
import kindling.jobs.trace.Drops;
import kindling.jobs.trace.RunFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kindling trace}: what a run did with one document, or which documents a rule dropped. Reads alone, without Spark. */
@Command(name = "trace", description = "Tell one document's story in a run, or show what a reason dropped.")
final class TraceJob {
    private static final int KNOWN_REASONS = 40; // that are listed where one is unknown

    @Parameters(
            paramLabel = "RUN_DIR",
            description =
                    "The folder of a recipe's run, or one job's output; for its inputs, outputs beside it are read.")
    String folder;

    @ArgGroup(multiplicity = "1")
    Question question;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "With --reason: documents to show; default ${DEFAULT-VALUE}.")
    int sample = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With --reason: another seed shows others; default ${DEFAULT-VALUE}.")
    long seed = 42;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** One of the two. */
    static final class Question {
        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "A document's id, or a beginning that no other id has.")
        String id;

        @Option(
                names = "--reason",
                paramLabel = "REASON",
                description = "A reason of the ledger, or a beginning of reasons; / is read as _.")
        String reason;
    }

    void run(PrintStream out) {
        if (sample < 1) {
            throw new UserError("trace: --sample must be >= 1, got " + sample);
        }
        RunFolder run = RunFolder.of(Storage.absolute(folder));
        if (question.id != null) {
            DocumentStory story = DocumentStory.of(question.id, run);
            out.print(json ? story.json() : story.text());
        } else {
            Drops drops = Drops.of(reasons(run), sample, seed, run);
            out.print(json ? drops.json() : drops.text());
        }
    }

    private Map<String, Long> reasons(RunFolder run) {
        Map<String, Long> meant = Drops.reasons(question.reason, run);
        if (meant.isEmpty()) {
            Map<String, Long> known = run.reasons();
            String name = question.reason.replace('/', '_');
            String list = Nearest.ordered(name, known.keySet()).stream()
                    .limit(KNOWN_REASONS)
                    .map(reason -> "\n  %s %d".formatted(reason, known.get(reason)))
                    .collect(Collectors.joining());
            throw new UserError("trace: no document was dropped for %s%s\ndropped in %s:%s"
                    .formatted(
                            question.reason,
                            Nearest.hint(name, known.keySet()),
                            folder,
                            list.isEmpty() ? " nothing" : list));
        }
        return meant;
    }
}
