package kindling.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;
import kindling.model.train.Weights;
import org.junit.jupiter.api.Test;

/** Texts that their caller ends, or of which it allows few. */
class GuideTest {
    private static final int END = 5;
    private static final TransformerConfig CONFIG = Shapes.gpt2(60, 64, 2, 4, 32);
    private static final PackedParameters SHARED =
            new PackedParameters(CONFIG, Weights.initial(CONFIG, 3), Precision.FLOAT32);
    private static final List<int[]> PROMPTS =
            List.of(new int[] {1}, new int[] {2, 3}, new int[] {9, 8, 7}, new int[] {30, 31});

    private final Decoding greedy = Decoding.greedy().withMaxNewTokens(8).withEndId(END);

    @Test
    void aTextIsOverWhenItsGuideSaysSo() {
        Guide third = new Guide() {
            @Override
            public boolean isOver(int[] written) {
                return written.length == 3;
            }
        };
        for (String method : List.of(Decoding.GREEDY, Decoding.SAMPLE, Decoding.BEAM)) {
            Decoding decoding = greedy.withMethod(method).withNumBeams(2).withMinNewTokens(8);

            for (Completion completion : generate(decoding, third)) {
                assertThat(completion.stopped()).isTrue();
                assertThat(completion.ids()).hasSize(3);
                assertThat(completion.logProbabilities()).hasSize(3);
            }
        }
    }

    @Test
    void writesNothingButChoices() {
        List<int[]> choices = List.of(new int[] {10, 11, 12}, new int[] {10, 11}, new int[] {20}, new int[] {10, 40});
        Choices guide = new Choices(choices, END);
        for (String method : List.of(Decoding.GREEDY, Decoding.SAMPLE, Decoding.BEAM)) {
            for (int beams : new int[] {1, 3, 6}) {
                Decoding decoding = greedy.withMethod(method).withNumBeams(beams);

                for (Completion completion : generate(decoding, guide)) {
                    assertThat(choices)
                            .anySatisfy(choice -> assertThat(completion.ids()).containsExactly(choice));
                    assertThat(completion.stopped()).isTrue();
                }
            }
        }
    }

    @Test
    void beamsChooseTheLikeliestWholeText() {
        List<int[]> choices = List.of(new int[] {10, 11, 12}, new int[] {20, 21, 22}, new int[] {10, 40, 41});
        Decoding beams = greedy.withMethod(Decoding.BEAM).withNumBeams(3);

        List<Completion> completions = generate(beams, new Choices(choices, END));

        for (int prompt = 0; prompt < PROMPTS.size(); prompt++) {
            List<Completion> each = new ArrayList<>();
            for (int[] choice : choices) {
                Choices only = new Choices(List.of(choice), END);
                each.add(generate(greedy, only).get(prompt));
            }
            Completion likeliest = each.stream()
                    .max(Comparator.comparingDouble(Completion::logProbability))
                    .orElseThrow();
            assertThat(completions.get(prompt).ids()).containsExactly(likeliest.ids());
            assertThat(completions.get(prompt).logProbability()).isEqualTo(likeliest.logProbability(), within(1e-9));
        }
    }

    @Test
    void namesTheIdsThatMayFollow() {
        Choices choices = new Choices(List.of(new int[] {1, 2}, new int[] {1}, new int[] {3, 4}), END);

        assertThat(choices.next(new int[0]).orElseThrow()).containsExactly(1, 3);
        assertThat(choices.next(new int[] {1}).orElseThrow()).containsExactly(2, END);
        assertThat(choices.isOver(new int[] {1})).isFalse();
        assertThat(choices.isOver(new int[] {1, 2})).isTrue();
        assertThat(choices.isOver(new int[] {3})).isFalse();
        assertThat(choices.mostIds()).isEqualTo(3);
        assertThat(Guide.FREE.next(new int[] {3})).isEqualTo(Optional.empty());
    }

    @Test
    void refusesChoicesThatCannotBeWritten() {
        assertThatThrownBy(() -> new Choices(List.of(), END)).hasMessageContaining("at least one text");
        assertThatThrownBy(() -> new Choices(List.of(new int[0]), END)).hasMessageContaining("none of them empty");
    }

    @Test
    void theLogProbabilityOfATextIsTheSumOfItsIds() {
        Completion completion = generate(greedy, Guide.FREE).get(2);

        assertThat(completion.logProbabilities()).hasSize(completion.ids().length + (completion.stopped() ? 1 : 0));
        assertThat(Arrays.stream(completion.logProbabilities()).allMatch(each -> each <= 0))
                .isTrue();
        assertThat(completion.logProbability())
                .isEqualTo(Arrays.stream(completion.logProbabilities()).sum());
    }

    private static List<Completion> generate(Decoding decoding, Guide guide) {
        long[] seeds = IntStream.range(0, PROMPTS.size()).asLongStream().toArray();
        try (Generator generator = new Generator(SHARED, 12)) {
            return generator.generate(PROMPTS, seeds, decoding, guide);
        }
    }
}
