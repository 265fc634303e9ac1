package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kindling.jobs.Recipe.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    private static final String TWO_STEPS = """
            values: {work: out, input: "${work}/raw"}
            steps:
              - ingest: {input: "${input}", output: "${work}/documents"}
              - filter: {as: strict, input: "${work}/documents", output: "${work}/strict", rules: [gopher, c4]}
            """;

    private static Recipe parse(String yaml) {
        return Recipe.parse(yaml, Map.of(), Map.of());
    }

    private static String mistakes(Recipe recipe) {
        return String.join("\n", recipe.mistakes());
    }

    @Test
    void fillsValuesThatNameOtherValues() {
        assertThat(parse(TWO_STEPS).steps())
                .containsExactly(
                        new Step("ingest", "ingest", List.of("--input=out/raw", "--output=out/documents")),
                        new Step(
                                "strict",
                                "filter",
                                List.of("--input=out/documents", "--output=out/strict", "--rules=gopher,c4")));
    }

    @Test
    void setChangesAValueWhereverItIsNamed() {
        Recipe recipe = Recipe.parse(TWO_STEPS, Map.of(), Map.of("work", "elsewhere"));

        assertThat(recipe.steps().get(0).arguments())
                .containsExactly("--input=elsewhere/raw", "--output=elsewhere/documents");
    }

    @Test
    void setChangesOrAddsAnOptionOfOneStep() {
        Recipe recipe = Recipe.parse(TWO_STEPS, Map.of(), Map.of("strict.rules", "c4", "strict.partitions", "3"));

        assertThat(recipe.steps().get(1).arguments()).contains("--rules=c4", "--partitions=3");
        assertThat(recipe.steps().get(0).arguments()).noneMatch(argument -> argument.contains("c4"));
    }

    @Test
    void givenValuesAreThere() {
        String yaml = "steps: [{fetch: {pom: \"${recipe.dir}/corpus.pom.xml\"}}]";

        assertThat(Recipe.parse(yaml, Map.of("recipe.dir", "/examples"), Map.of())
                        .steps()
                        .get(0)
                        .arguments())
                .containsExactly("--pom=/examples/corpus.pom.xml");
    }

    @Test
    void unlessSetLeavesAStepOutOnlyWhenTheUserSetThatValue() {
        String yaml = """
                values: {input: raw}
                steps:
                  - fetch: {output: raw, unless-set: input}
                  - ingest: {input: "${input}"}
                """;

        assertThat(parse(yaml).steps()).extracting(Step::name).containsExactly("fetch", "ingest");
        assertThat(Recipe.parse(yaml, Map.of(), Map.of("input", "mine")).steps())
                .containsExactly(new Step("ingest", "ingest", List.of("--input=mine")));
    }

    @Test
    void trueIsAFlagAndFalseIsNone() {
        assertThat(parse("steps: [{score: {stem: true, overwrite: false, seed: 7}}]")
                        .steps()
                        .get(0)
                        .arguments())
                .containsExactly("--stem", "--seed=7");
    }

    @Test
    void tellsTwoMistakesAtOnce() {
        String yaml = """
                valeus: {work: out}
                steps:
                  - ingest: {input: "${wrok}/raw"}
                """;

        assertThat(mistakes(Recipe.parse(yaml, Map.of("work", "out"), Map.of())))
                .isEqualTo("""
                        recipe: valeus is unknown: did you mean values?
                        recipe: ${wrok} is not among its values: did you mean work?""");
    }

    @Test
    void refusesToSetWhatTheRecipeDoesNotHave() {
        assertThat(mistakes(Recipe.parse(TWO_STEPS, Map.of(), Map.of("wokr", "x"))))
                .contains("--set wokr: the recipe has no such value or step: did you mean work?")
                .contains("work, input, ingest.OPTION, strict.OPTION");
    }

    @Test
    void valuesThatNameEachOtherAreACircle() {
        String yaml = """
                values: {a: "${b}", b: "${a}"}
                steps: [{ingest: {input: "${a}"}}]
                """;

        assertThat(mistakes(parse(yaml))).contains("in a circle");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "steps: [{ingest: {input: a}, filter: {input: b}}]",
                "steps: [ingest]",
                "steps: [{ingest: raw}]",
                "steps: []",
                "values: {work: out}",
                "[1, 2]",
                "just words",
                "",
                "steps: [{ingest: {input: a}"
            })
    void whatIsNoListOfStepsIsAUserError(String yaml) {
        assertThat(mistakes(parse(yaml))).startsWith("recipe: ");
    }
}
