package kindling.model.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kindling.model.average.Strategy.Contribution;
import kindling.model.average.Strategy.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {
    private static final double RATE = 3e-4;

    @Test
    void weighsByTokens() {
        List<Contribution> contributions =
                List.of(new Contribution(0, 3, new float[] {1, 10}), new Contribution(1, 1, new float[] {5, -10}));

        assertThat(Strategy.mean(contributions)).containsExactly(2, 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void averagingEqualsIsIdentityToTheBit(long seed) {
        Random random = new Random(seed);
        float[] values = values(random, 1000);

        for (int k = 1; k <= 17; k++) {
            List<Contribution> equals = IntStream.range(0, k)
                    .mapToObj(i -> new Contribution(i, 1 + random.nextInt(1 << 30), values))
                    .toList();
            assertThat(Strategy.mean(equals)).containsExactly(values);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void orderOfArrivalDoesNotMatter(long seed) {
        List<Contribution> contributions = new ArrayList<>(contributions(new Random(seed), 9, 1000));
        float[] expected = Strategy.mean(contributions);

        for (int i = 0; i < 10; i++) {
            Collections.shuffle(contributions, new Random(seed * 100 + i));
            assertThat(Strategy.mean(contributions)).containsExactly(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void slicingDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Contribution> contributions = contributions(random, 5, 1000);
        State state = new State(values(random, 1000), values(random, 1000));

        for (Strategy strategy : Strategy.ALL) {
            State whole = strategy.finish(state, Strategy.mean(contributions), RATE);
            for (int begin = 0; begin < 1000; begin += 137) {
                int from = begin;
                int to = Math.min(1000, begin + 137);
                List<Contribution> slices = contributions.stream()
                        .map(c -> new Contribution(c.replica(), c.weight(), Arrays.copyOfRange(c.values(), from, to)))
                        .toList();
                State slice = strategy.finish(slice(state, from, to), Strategy.mean(slices), RATE);
                assertThat(slice.parameters())
                        .containsExactly(slice(whole, from, to).parameters());
                assertThat(slice.momentum())
                        .containsExactly(slice(whole, from, to).momentum());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void rateOneWithoutMomentumIsTheAverageToTheBit(long seed) {
        Random random = new Random(seed);
        State state = new State(values(random, 1000), values(random, 1000));
        float[] mean = Strategy.mean(contributions(random, 3, 1000));

        assertThat(new Diloco(1, 0).finish(state, mean, RATE).parameters()).containsExactly(mean);
        assertThat(new SlowMo(1, 0).finish(state, mean, RATE).parameters()).containsExactly(mean);
        assertThat(new Average().finish(state, mean, RATE).parameters()).containsExactly(mean);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void replicasThatStoodStillChangeNothingToTheBit(long seed) {
        Random random = new Random(seed);
        State state = State.initial(values(random, 1000));
        List<Contribution> equals = IntStream.range(0, 5)
                .mapToObj(k -> new Contribution(k, 1 + random.nextInt(1000), state.parameters()))
                .toList();

        for (Strategy strategy : Strategy.ALL) {
            State next = strategy.finish(state, Strategy.mean(equals), RATE);
            assertThat(next.parameters()).containsExactly(state.parameters());
            assertThat(next.momentum()).containsOnly(0f);
        }
    }

    /** theta 1, mean 3, momentum 10, learning rate 0.5: u = 0.5 * 10 + (1 - 3) / 0.5 = 1; theta - 2 * 0.5 * 1 = 0. */
    @Test
    void slowMoWorkedByHand() {
        State next = new SlowMo(2, 0.5).finish(new State(new float[] {1}, new float[] {10}), new float[] {3}, 0.5);

        assertThat(next.momentum()).containsExactly(1);
        assertThat(next.parameters()).containsExactly(0);
    }

    @Test
    void recipeMaySetTheOuterStep() {
        assertThat(Strategy.named("diloco")).isEqualTo(new Diloco(0.7, 0.9));
        assertThat(Strategy.named("diloco").withRate(0.5).withMomentum(0.8)).isEqualTo(new Diloco(0.5, 0.8));
        assertThat(Strategy.named("slowmo")).isEqualTo(new SlowMo(1, 0.7));
        assertThat(Strategy.named("slowmo").withRate(0.5).withMomentum(0.8)).isEqualTo(new SlowMo(0.5, 0.8));
        assertThatThrownBy(() -> new Average().withRate(0.5))
                .hasMessage(
                        "strategy average has no outer learning rate, got 0.5: leave it out, or take diloco or slowmo");
        assertThatThrownBy(() -> new Average().withMomentum(0.8))
                .hasMessage("strategy average has no outer momentum, got 0.8: leave it out, or take diloco or slowmo");
    }

    @Test
    void finishDoesNotChangeItsInput() {
        for (Strategy strategy : Strategy.ALL) {
            State state = new State(new float[] {1, 2}, new float[] {3, 4});
            strategy.finish(state, new float[] {5, 6}, RATE);
            assertThat(state.parameters()).containsExactly(1, 2);
            assertThat(state.momentum()).containsExactly(3, 4);
        }
    }

    @Test
    void refusesWhatIsNotARound() {
        float[] one = {1};

        assertThatThrownBy(() -> Strategy.mean(List.of())).hasMessageContaining("at least one contribution");
        assertThatThrownBy(() -> Strategy.mean(List.of(new Contribution(0, 1, one), new Contribution(0, 1, one))))
                .hasMessageContaining("different, got 0 after 0");
        assertThatThrownBy(() -> Strategy.mean(List.of(new Contribution(0, 0, one))))
                .hasMessageContaining("positive number of tokens, got 0.0");
        assertThatThrownBy(
                        () -> Strategy.mean(List.of(new Contribution(0, 1, one), new Contribution(1, 1, new float[2]))))
                .hasMessageContaining("must contribute 1 values, got 2");
        assertThatThrownBy(() -> Strategy.named("median"))
                .hasMessage("strategy must be one of [average, diloco, slowmo], got median");
        assertThatThrownBy(() -> new Diloco(0, 1)).hasMessageContaining("got 0.0 and 1.0");
        assertThatThrownBy(() -> new SlowMo(0, 1)).hasMessageContaining("got 0.0 and 1.0");
        assertThatThrownBy(() -> SlowMo.PUBLISHED.finish(State.initial(one), one, 0))
                .hasMessageContaining("learning rate of the round, which must be > 0, got 0.0");
    }

    private static List<Contribution> contributions(Random random, int replicas, int length) {
        return IntStream.range(0, replicas)
                .mapToObj(k -> new Contribution(k, 1 + random.nextInt(100_000), values(random, length)))
                .toList();
    }

    private static State slice(State state, int from, int to) {
        return new State(
                Arrays.copyOfRange(state.parameters(), from, to), Arrays.copyOfRange(state.momentum(), from, to));
    }

    private static float[] values(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(40) - 30));
        }
        return values;
    }
}
