package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ExampleRecipesTest {
    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recipes")
    void everyStepIsACommandLineWithoutMistakes(Path file) throws IOException {
        Recipe recipe = Recipe.parse(Files.readString(file), Map.of("recipe.dir", "examples"), Map.of());

        assertThat(recipe.steps()).isNotEmpty().allSatisfy(step -> {
            CommandLine root = Main.commandLine();
            List<String> arguments = new ArrayList<>(List.of(step.job()));
            arguments.addAll(step.arguments());
            assertThat(CommandLineMistakes.of(root.parseArgs(arguments.toArray(String[]::new))))
                    .isEmpty();
        });
    }
}
