package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kindling.jobs.train.TrainingRecipe;
import kindling.model.train.AdamW;
import kindling.model.train.Decay;
import kindling.model.train.Guard;
import kindling.model.train.Muon;
import kindling.model.train.Schedule;
import kindling.model.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LearningOptionsTest {

    private static LearningOptions options(String... arguments) {
        LearningOptions options = new LearningOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options;
    }

    @Test
    void withoutOptionsItIsAdamWWithHalfACosineDownToATenth() {
        TrainingRecipe recipe = options().recipe(false);

        assertThat(recipe).isEqualTo(TrainingRecipe.of(1e-3, 50));
        assertThat(recipe.settings(3))
                .isEqualTo(TrainingSettings.of(AdamW.defaults()).withSeed(3));
        assertThat(recipe.schedule(100)).isEqualTo(new Schedule(1e-3, 1e-4, 50, 100));
    }

    @Test
    void everyOptionArrives() {
        TrainingRecipe recipe = options(
                        "--optimizer=muon",
                        "--schedule=wsd",
                        "--decay-share=0.3",
                        "--learning-rate=0.01",
                        "--min-learning-rate=0.002",
                        "--warmup=7",
                        "--beta1=0.8",
                        "--beta2=0.99",
                        "--clip=0.5",
                        "--weight-decay=0.2",
                        "--accumulate=3",
                        "--dropout=0.1",
                        "--guard=6",
                        "--recompute",
                        "--attention=document")
                .recipe(false);

        AdamW adamW = new AdamW(0.8, 0.99, 1e-8, 0.2, 0.5);
        Muon muon = Muon.defaults().withOthers(adamW).withWeightDecay(0.2);
        assertThat(recipe.settings(1)).isEqualTo(new TrainingSettings(muon, Guard.of(6), 0.1, true, 1));
        assertThat(recipe.schedule(100)).isEqualTo(new Schedule(Decay.WSD, 0.01, 0.002, 7, 100, 0.3));
        assertThat(recipe.accumulate()).isEqualTo(3);
        assertThat(recipe.withinDocuments()).isTrue();
    }

    @Test
    void documentsPackedWholeKeepToThemselvesUnlessAskedOtherwise() {
        assertThat(options().recipe(true).withinDocuments()).isTrue();
        assertThat(options("--attention=sequence").recipe(true).withinDocuments())
                .isFalse();
    }

    @Test
    void recomputationChangesNoBitAndIsNoPartOfWhatARunIs() {
        assertThat(new CommandLine(new LearningOptions())
                        .getCommandSpec()
                        .findOption("--recompute")
                        .descriptionKey())
                .isEqualTo(CommonOptions.LAYOUT);
    }

    private static List<String> problems(String... arguments) {
        List<String> problems = new ArrayList<>();
        options(arguments).check(problems);
        return problems;
    }

    @Test
    void optionsThatWouldDoNothingAreRefused() {
        assertThat(problems("--decay-share=0.3")).containsExactly("--decay-share is for --schedule wsd, got 0.3");
        assertThat(problems("--schedule=constant", "--min-learning-rate=1e-4"))
                .containsExactly("--min-learning-rate is for a --schedule that falls, got 1.0E-4");
        assertThat(problems("--schedule=wsd", "--decay-share=0.3", "--min-learning-rate=1e-4"))
                .isEmpty();
    }

    @Test
    void aWrongLearningRateIsOneMistake() {
        assertThat(problems("--learning-rate=-1")).containsExactly("--learning-rate must be a number > 0, got -1.0");
        assertThat(problems("--learning-rate=Infinity")).hasSize(1);
        assertThat(problems("--weight-decay=NaN")).hasSize(1);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        List<String> problems = new ArrayList<>();

        options("--accumulate=0", "--warmup=-1", "--beta1=1", "--clip=0", "--guard=0", "--dropout=1", "--decay-share=0")
                .check(problems);

        assertThat(String.join("\n", problems))
                .contains("--accumulate must be >= 1, got 0")
                .contains("--warmup must be >= 0, got -1")
                .contains("beta1 must be in [0, 1), got 1.0")
                .contains("clip must be > 0, got 0.0")
                .contains("--guard must be > 0, got 0.0")
                .contains("--dropout must be in [0, 1), got 1.0")
                .contains("--decay-share must be in (0, 1], got 0.0");
    }
}
