package kindling.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kindling.jobs.io.Session;
import kindling.jobs.io.Storage;
import kindling.jobs.shard.Mixture;
import kindling.jobs.shard.ShardCheck;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kindling check}: reads token shards again and says where they are not what their manifest says. */
@Command(name = "check", description = "Read token shards, or a mixture's, again and compare them with their manifest.")
final class CheckJob implements Tool {
    @ArgGroup(multiplicity = "1")
    Folder folder;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** One of the two spellings. */
    static final class Folder {
        @Parameters(paramLabel = "DIR", description = "Token shards, from kindling tokenize, or a mixture of them.")
        String named;

        @Option(names = "--input", paramLabel = "DIR", description = "The same.")
        String input;
    }

    @Override
    public int run(Session session, PrintStream out) {
        Path path = Storage.absolute(folder.named != null ? folder.named : folder.input);
        List<String> problems = new ArrayList<>();
        int shards = 0;
        long documents = 0;
        long tokens = 0;
        List<Path> parts = List.of(path);
        if (Mixture.isIn(path)) {
            Mixture mixture = Mixture.described(path);
            problems.addAll(mixture.problems());
            parts = problems.isEmpty()
                    ? mixture.corpora().stream()
                            .map(corpus -> new Path(corpus.folder()))
                            .toList()
                    : List.of();
        }
        for (Path part : parts) {
            ShardCheck.Found found = ShardCheck.of(session.spark(), part);
            problems.addAll(found.problems());
            shards += found.shards().shards().size();
            documents += found.shards().documents();
            tokens += found.shards().tokens();
        }
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%d shards, %d documents, %d tokens: all as the manifest says%n",
                    shards,
                    documents,
                    tokens);
        }
        return problems.isEmpty() ? 0 : 1;
    }
}
