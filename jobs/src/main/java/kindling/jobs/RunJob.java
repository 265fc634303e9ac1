package kindling.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kindling.jobs.io.Progress;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code kindling run RECIPE.yaml}: the jobs of a recipe, one after the other; finished ones are skipped. */
@Command(name = "run", description = "Run the jobs of a recipe, skipping those that are done.")
final class RunJob {
    @Parameters(paramLabel = "RECIPE.yaml", description = "The recipe; see examples/.")
    String recipe;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Change a value of the recipe, or an option of a step as STEP.OPTION=VALUE.")
    Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    void run(JobRunner runner) throws Exception {
        Path file = Storage.absolute(recipe);
        if (!Storage.exists(file)) {
            throw new UserError("recipe %s does not exist".formatted(recipe));
        }
        Map<String, String> given = Map.of("recipe.dir", file.getParent().toString());
        Recipe parsed = Recipe.parse(Storage.text(file), given, set);
        List<CommandLine> commands = commands(parsed);
        Story story = new Story();
        for (int i = 0; i < commands.size(); i++) {
            Progress.line("run | step %d of %d".formatted(i + 1, commands.size()));
            story.add(parsed.steps().get(i), runner.run(commands.get(i)));
        }
        story.writePage();
        System.out.print(story.text());
    }

    /** Parses every step before the first one starts, and tells every mistake of all of them. */
    private static List<CommandLine> commands(Recipe recipe) {
        List<CommandLine> commands = new ArrayList<>();
        List<String> mistakes = new ArrayList<>(recipe.mistakes());
        for (Recipe.Step step : recipe.steps()) {
            CommandLine root = Main.commandLine();
            if (!jobs(root).contains(step.job())) {
                mistakes.add(
                        "recipe: the job %s is unknown%s".formatted(step.job(), Nearest.hint(step.job(), jobs(root))));
                continue;
            }
            List<String> arguments = new ArrayList<>(List.of(step.job()));
            arguments.addAll(step.arguments());
            ParseResult parsed = root.parseArgs(arguments.toArray(String[]::new));
            CommandLineMistakes.of(parsed).forEach(mistake -> mistakes.add("step " + step.name() + ": " + mistake));
            commands.add(root.getSubcommands().get(step.job()));
        }
        if (!mistakes.isEmpty()) {
            throw new UserError(String.join("\n", mistakes));
        }
        return commands;
    }

    /** The commands that write an output, and so can be steps. */
    private static Set<String> jobs(CommandLine root) {
        Set<String> jobs = new TreeSet<>(root.getSubcommands().keySet());
        jobs.removeIf(name -> !(root.getSubcommands().get(name).getCommand() instanceof Job));
        return jobs;
    }
}
