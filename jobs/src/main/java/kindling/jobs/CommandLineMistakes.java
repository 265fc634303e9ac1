package kindling.jobs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Everything that is wrong with a command line, one sentence each, with the nearest name that would have been right. */
final class CommandLineMistakes {
    private CommandLineMistakes() {}

    static List<String> of(ParseResult parsed) {
        List<String> sentences = new ArrayList<>();
        for (ParseResult part = parsed; part != null; part = part.subcommand()) {
            String command = part.commandSpec().qualifiedName();
            for (Exception error : part.errors()) {
                if (error instanceof UnmatchedArgumentException unmatched) {
                    names(unmatched).forEach(argument -> sentences.add(unknown(command, argument, unmatched)));
                } else {
                    sentences.add(command + ": " + error.getMessage());
                }
            }
        }
        return sentences.stream().distinct().toList();
    }

    /** What could not be matched; values of unknown options are no mistakes of their own. */
    private static List<String> names(UnmatchedArgumentException error) {
        String first = error.getUnmatched().get(0);
        if (!first.startsWith("-") && !error.getCommandLine().getSubcommands().isEmpty()) {
            return List.of(first); // a mistyped job: what follows are its options
        }
        List<String> options = error.getUnmatched().stream()
                .filter(argument -> argument.startsWith("-"))
                .toList();
        return options.isEmpty() ? error.getUnmatched() : options;
    }

    private static String unknown(String command, String argument, UnmatchedArgumentException error) {
        List<String> names = argument.startsWith("-")
                ? new ArrayList<>(
                        error.getCommandLine().getCommandSpec().optionsMap().keySet())
                : new ArrayList<>(error.getCommandLine().getSubcommands().keySet());
        return "%s: %s is unknown%s".formatted(command, argument, Nearest.hint(argument, names));
    }
}
