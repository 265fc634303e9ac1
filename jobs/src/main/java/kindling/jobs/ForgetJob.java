package kindling.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Session;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.Forgetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kindling forget}: takes documents out of token shards, in place. */
@Command(name = "forget", description = "Take documents out of token shards, in place; run again if it was stopped.")
final class ForgetJob implements Tool {
    private static final String BYTE_ORDER_MARK = "\uFEFF"; // some editors put it before the first id

    @Option(
            names = "--input",
            required = true,
            paramLabel = "DIR",
            description = "Token shards, from kindling tokenize.")
    InputPath input;

    @Option(
            names = "--ids",
            split = ",",
            paramLabel = "ID",
            description = "The documents' ids; those that hold a comma need --ids-file.")
    List<String> ids = new ArrayList<>();

    @Option(names = "--ids-file", paramLabel = "FILE", description = "A file with an id on each line.")
    InputPath file;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Override
    public int run(Session session, PrintStream out) {
        TreeSet<String> all = new TreeSet<>(ids);
        if (file != null) {
            all.addAll(lines());
        }
        all.remove("");
        if (all.isEmpty()) {
            throw new UserError("forget: give the ids of documents with --ids or --ids-file");
        }
        Forgetting.Done done = new Forgetting(session.spark(), Storage.absolute(input.path())).forget(all);
        out.printf(
                "%d documents forgotten, %d shards written again, %d documents forgotten before%n",
                done.documents(), done.shards(), done.before());
        return 0;
    }

    private List<String> lines() {
        var path = Storage.absolute(file.path());
        if (!Storage.exists(path)) {
            throw new UserError("forget: --ids-file %s does not exist".formatted(file));
        }
        String text = Storage.text(path);
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList();
    }
}
