package kindling.model.generate;

import static kindling.model.generate.WideModels.generate;
import static kindling.model.generate.WideModels.prompts;
import static kindling.model.generate.WideModels.shapes;
import static kindling.model.generate.WideModels.spread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;
import kindling.model.train.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorTest {
    private static final int NEW_TOKENS = 24;

    static Stream<Decoding> decodings() {
        Decoding greedy = Decoding.greedy().withMaxNewTokens(NEW_TOKENS).withEndId(5);
        return Stream.of(
                greedy.withRepetitionPenalty(1.2),
                greedy.withMethod(Decoding.SAMPLE)
                        .withTemperature(0.9)
                        .withTopK(60)
                        .withTopP(0.95),
                greedy.withMethod(Decoding.BEAM).withNumBeams(3).withNoRepeatNgramSize(3));
    }

    @ParameterizedTest
    @MethodSource("kindling.model.generate.WideModels#shapes")
    void bitsDependOnNeitherBatchSizeNorOrderNorCompany(TransformerConfig config) {
        float[] theta = spread(config);
        List<int[]> prompts = prompts(config, 33);
        long[] seeds = seeds(prompts.size());
        for (Decoding decoding : decodings().toList()) {
            List<Completion> alone = generate(config, theta, 1, prompts, seeds, decoding);
            for (int batchSize : new int[] {7, 16, 32}) {
                List<Integer> order = shuffled(prompts.size(), batchSize);
                List<Completion> together = generate(
                        config,
                        theta,
                        batchSize,
                        order.stream().map(prompts::get).toList(),
                        order.stream().mapToLong(i -> seeds[i]).toArray(),
                        decoding);
                for (int i = 0; i < order.size(); i++) {
                    assertSame(together.get(i), alone.get(order.get(i)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindling.model.generate.WideModels#shapes")
    void whatAllPromptsBeginWithIsComputedOnceAndShowsInNoBit(TransformerConfig config) {
        PackedParameters shared = new PackedParameters(config, spread(config), Precision.FLOAT32);
        List<int[]> prompts = prompts(config, 17);
        prompts.replaceAll(prompt -> IntStream.concat(IntStream.rangeClosed(1, 10), IntStream.of(prompt))
                .toArray());
        long[] seeds = seeds(prompts.size());
        for (Decoding decoding : decodings().toList()) {
            try (Generator alone = new Generator(shared, 1);
                    Generator together = new Generator(shared, 7)) {
                List<Completion> completions = together.generate(prompts, seeds, decoding);

                for (int i = 0; i < prompts.size(); i++) {
                    long[] seed = {seeds[i]};
                    List<int[]> prompt = prompts.subList(i, i + 1);
                    assertSame(
                            completions.get(i),
                            alone.generate(prompt, seed, decoding).get(0));
                }
                assertThat(together.work().prefixTokens()).isEqualTo(10L * 16);
                assertThat(alone.work().prefixTokens()).isZero();
                assertThat(alone.work().tokensRead() - together.work().tokensRead())
                        .isEqualTo(10L * 16);
            }
        }
    }

    @Test
    void generatorsReadAPrefixOnceForAllAndShorterAndLongerOnesAsFarAsTheyAgree() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        PackedParameters shared = new PackedParameters(config, spread(config), Precision.FLOAT32);
        Prefixes prefixes = new Prefixes();
        Decoding decoding = Decoding.greedy().withMaxNewTokens(5);
        int[] lengths = {20, 20, 7, 24, 30}; // of the prefixes; the last one differs from its first id on
        int[] known = {0, 20, 7, 20, 0}; // positions of each that an earlier one had
        for (int i = 0; i < lengths.length; i++) {
            int from = i == 4 ? 3 : 1;
            int length = lengths[i];
            List<int[]> prompts = Stream.of(new int[] {7, 8}, new int[] {9})
                    .map(end -> IntStream.concat(IntStream.range(from, from + length), IntStream.of(end))
                            .toArray())
                    .toList();
            try (Generator one = new Generator(shared, prefixes, 8);
                    Generator other = new Generator(shared, 8)) {
                List<Completion> completions = one.generate(prompts, new long[2], decoding);
                List<Completion> expected = other.generate(prompts, new long[2], decoding);

                assertSame(completions.get(0), expected.get(0));
                assertSame(completions.get(1), expected.get(1));
                assertThat(one.work().prefixTokens()).isEqualTo(known[i] + length);
            }
        }
    }

    @Test
    void aPromptThatIsTheBeginningOfAnotherKeepsItsLastIdToItself() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {1, 2, 3, 4}, new int[] {1, 2, 3});
        Decoding decoding = Decoding.greedy().withMaxNewTokens(5);

        List<Completion> completions = generate(config, spread(config), 3, prompts, new long[3], decoding);

        assertSame(completions.get(2), completions.get(0));
        assertSame(
                completions.get(0),
                generate(config, spread(config), 1, prompts.subList(0, 1), new long[1], decoding)
                        .get(0));
    }

    @Test
    void countsTheRowsThatFillTiles() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        List<int[]> prompts = List.of(new int[] {1}, new int[] {2}, new int[] {3});
        try (Generator generator = new Generator(new PackedParameters(config, spread(config), Precision.FLOAT32), 3)) {
            generator.generate(prompts, new long[3], Decoding.greedy().withMaxNewTokens(2));

            assertThat(generator.work()).isEqualTo(new Work(3, 0, 6, 8)); // two steps of three rows in tiles of four
            assertThat(generator.work().paddingShare()).isEqualTo(0.25);
        }
    }

    private static void assertSame(Completion actual, Completion expected) {
        assertThat(actual.ids()).containsExactly(expected.ids());
        assertThat(actual.logProbabilities()).containsExactly(expected.logProbabilities());
        assertThat(actual.stopped()).isEqualTo(expected.stopped());
    }

    @Test
    void generatorsThatShareParametersOnSeveralThreadsWriteWhatOneWritesAlone() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        float[] theta = spread(config);
        List<int[]> prompts = prompts(config, 9);
        Decoding decoding = Decoding.sample().withMaxNewTokens(NEW_TOKENS);
        List<Completion> alone = generate(config, theta, 4, prompts, seeds(9), decoding);

        PackedParameters shared = new PackedParameters(config, theta, Precision.FLOAT32);
        List<List<Completion>> together = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> {
                    try (Generator generator = new Generator(shared, 1 + i)) {
                        return generator.generate(prompts, seeds(9), decoding);
                    }
                })
                .toList();

        for (List<Completion> completions : together) {
            for (int i = 0; i < 9; i++) {
                assertSame(completions.get(i), alone.get(i));
            }
        }
    }

    @Test
    void theSeedDecidesWhatIsDrawn() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        List<int[]> prompts = List.of(new int[] {1, 2}, new int[] {1, 2}, new int[] {1, 2});
        Decoding decoding = Decoding.sample().withMaxNewTokens(NEW_TOKENS);

        List<Completion> drawn =
                generate(config, Weights.initial(config, 1), 3, prompts, new long[] {1, 2, 1}, decoding);

        assertThat(drawn.get(0).ids())
                .isEqualTo(drawn.get(2).ids())
                .isNotEqualTo(drawn.get(1).ids());
    }

    @Test
    void aBeamOfOneIsGreedy() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        List<int[]> prompts = prompts(config, 9);
        Decoding greedy = Decoding.greedy().withMaxNewTokens(NEW_TOKENS).withEndId(5);

        List<Completion> expected = generate(config, spread(config), 4, prompts, new long[9], greedy);
        List<Completion> beams =
                generate(config, spread(config), 4, prompts, new long[9], greedy.withMethod(Decoding.BEAM));

        for (int i = 0; i < 9; i++) {
            assertThat(beams.get(i).ids()).containsExactly(expected.get(i).ids());
            assertThat(beams.get(i).stopped()).isEqualTo(expected.get(i).stopped());
        }
    }

    @Test
    void aSamplerThatKeepsOneIdIsGreedy() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        List<int[]> prompts = prompts(config, 5);
        Decoding greedy = Decoding.greedy().withMaxNewTokens(NEW_TOKENS);

        List<Completion> expected = generate(config, spread(config), 5, prompts, new long[5], greedy);
        List<Completion> sampled = generate(
                config,
                spread(config),
                5,
                prompts,
                seeds(5),
                Decoding.sample().withMaxNewTokens(NEW_TOKENS).withTopK(1));

        for (int i = 0; i < 5; i++) {
            assertThat(sampled.get(i).ids()).containsExactly(expected.get(i).ids());
        }
    }

    @Test
    void promptsAndNewIdsMayFillTheContext() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        int[] prompt = new int[config.contextLength() - NEW_TOKENS];
        Decoding decoding = Decoding.greedy().withMaxNewTokens(NEW_TOKENS);

        List<Completion> completions = generate(config, spread(config), 1, List.of(prompt), new long[1], decoding);

        assertThat(completions.get(0).ids()).hasSize(NEW_TOKENS);
        assertThatThrownBy(() -> generate(
                        config,
                        spread(config),
                        1,
                        List.of(prompt),
                        new long[1],
                        decoding.withMaxNewTokens(NEW_TOKENS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prompt 0 has 72 ids, with 25 new ones more than the context of 96: "
                        + "shorten the prompt or lower --max-new-tokens");
    }

    @Test
    void anAllForbiddenStepEndsTheCompletion() {
        TransformerConfig config = Shapes.gpt2(4, 16, 1, 1, 4, 8, true);
        Decoding decoding = Decoding.greedy().withMaxNewTokens(10).withNoRepeatNgramSize(1);

        Completion completion = generate(
                        config, Weights.initial(config, 1), 1, List.of(new int[] {2}), new long[1], decoding)
                .get(0);

        assertThat(completion.ids()).containsExactlyInAnyOrder(0, 1, 3);
        assertThat(completion.stopped()).isFalse();
    }

    @Test
    void refusesPromptsItCannotContinue() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        float[] theta = spread(config);
        Decoding greedy = Decoding.greedy();

        assertThatThrownBy(() -> generate(config, theta, 1, List.of(new int[0]), new long[1], greedy))
                .hasMessage("prompt 0 is empty: begin it with the end-of-text id");
        assertThatThrownBy(() -> generate(config, theta, 1, List.of(new int[] {300}), new long[1], greedy))
                .hasMessage(
                        "prompt 0 has the id 300, ids are 0 ... 299: the prompt was encoded with another tokenizer");
        assertThatThrownBy(() -> generate(config, theta, 1, List.of(new int[] {1}), new long[2], greedy))
                .hasMessage("every prompt needs one seed, got 2 seeds for 1 prompts");
        assertThatThrownBy(() -> generate(config, theta, 1, List.of(new int[] {1}), new long[1], greedy.withEndId(300)))
                .hasMessageContaining("the end id must be below the vocabulary size 300, got 300");
        assertThatThrownBy(() -> new Generator(new PackedParameters(config, theta, Precision.FLOAT32), 0))
                .hasMessage("batch-size must be >= 1, got 0");
        assertThatThrownBy(() -> new PackedParameters(config, new float[3], Precision.FLOAT32))
                .hasMessageContaining("got 3");
        assertThatThrownBy(() -> generate(
                        config, theta, 1, List.of(new int[] {1}), new long[1], greedy.withStop(List.of("end"))))
                .hasMessageContaining("pass a Guide");
    }

    @Test
    void givesNothingForNothing() {
        TransformerConfig config = shapes().findFirst().orElseThrow();

        assertThat(generate(config, spread(config), 4, List.of(), new long[0], Decoding.greedy()))
                .isEmpty();
    }

    private static List<Integer> shuffled(int count, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    private static long[] seeds(int count) {
        return LongStream.range(1000, 1000 + count).toArray();
    }
}
