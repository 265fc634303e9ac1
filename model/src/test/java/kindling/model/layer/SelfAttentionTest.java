package kindling.model.layer;

import static kindling.model.layer.Slope.dot;
import static kindling.model.layer.Slope.randomize;
import static kindling.model.layer.Slope.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import kindling.model.Mask;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.PlainKernels;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mask with every layout of heads: against the definition, the slope, and what may not change. */
class SelfAttentionTest {

    private static final int ROWS = 2;
    /** Two blocks of queries and a rest. */
    private static final int LENGTH = 131;

    private static final int TOKENS = ROWS * LENGTH;

    private final Arena arena = new Arena();

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    /** One key/value head for each query head, for two of them, and for all; odd widths. */
    private static List<TransformerConfig> layouts() {
        return List.of(
                Shapes.gpt2(7, 200, 1, 3, 15),
                Shapes.llama(7, 200, 1, 4, 2, 6, 20, 8),
                Shapes.llama(7, 200, 1, 3, 1, 10, 17, 8));
    }

    static Stream<Arguments> masks() {
        int[] documents = new int[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            documents[i] = i % LENGTH / 23 + i / LENGTH;
        }
        int[] first = {5, 70};
        int[] end = {LENGTH, LENGTH - 9};
        Mask causal = Mask.causal(ROWS, LENGTH);
        Mask prefix = causal.withPrefixes(new int[] {67, 0});
        List<Arguments> masks = List.of(
                Arguments.of("causal", causal),
                Arguments.of("prefix", prefix),
                Arguments.of("documents", causal.withinDocuments(documents)),
                Arguments.of("padding", causal.withoutPadding(first, end)),
                Arguments.of("prefix, padding", prefix.withoutPadding(first, end)),
                Arguments.of("all", prefix.withoutPadding(first, end).withinDocuments(documents)),
                Arguments.of("full, padding", Mask.full(ROWS, LENGTH).withoutPadding(first, end)),
                Arguments.of("nothing", causal.withoutPadding(new int[2], new int[2])));
        return layouts().stream()
                .flatMap(config -> masks.stream().map(mask -> Arguments.of(mask.get()[0], mask.get()[1], config)));
    }

    /** One layer's operands and their gradients. */
    private final class Fixture {
        final TransformerConfig config;
        final int width;
        final Matrix qkv;
        final Matrix dQkv;
        final Matrix mixed;
        final Matrix dMixed;
        final SelfAttention attention;

        Fixture(TransformerConfig config, Mask mask, RowKernels kernels) {
            this(config, mask, kernels, SelfAttentionTest.this.arena);
        }

        Fixture(TransformerConfig config, Mask mask, RowKernels kernels, Arena arena) {
            this.config = config;
            width = config.queryWidth() + 2 * config.keyValueWidth();
            qkv = arena.matrix(TOKENS, width);
            dQkv = arena.matrix(TOKENS, width);
            mixed = arena.matrix(TOKENS, config.queryWidth());
            dMixed = arena.matrix(TOKENS, config.queryWidth());
            attention = new SelfAttention(config, arena, TOKENS, LENGTH, kernels);
            arena.allocate();
            attention.see(mask);
            randomize(qkv, TOKENS * width, 1);
            randomize(dMixed, TOKENS * config.queryWidth(), 2);
            randomize(dQkv, TOKENS * width, 3);
        }

        float[] forward() {
            attention.mix(0, qkv, mixed, TOKENS);
            return values(mixed, TOKENS * config.queryWidth());
        }

        float[] backward() {
            attention.backward(0, qkv, dMixed, dQkv);
            return values(dQkv, TOKENS * width);
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("masks")
    void equalsItsDefinition(String name, Mask mask, TransformerConfig config) {
        Fixture fixture = new Fixture(config, mask, RowKernels.create());

        float[] mixed = fixture.forward();

        double[] expected = definition(mask, config, values(fixture.qkv, TOKENS * fixture.width));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) mixed[i]).as("%s, value %d", name, i).isCloseTo(expected[i], within(2e-6));
        }
    }

    private static double[] definition(Mask mask, TransformerConfig config, float[] qkv) {
        int width = config.queryWidth() + 2 * config.keyValueWidth();
        int headDim = config.headDim();
        double[] out = new double[TOKENS * config.queryWidth()];
        for (int i = 0; i < TOKENS; i++) {
            for (int h = 0; h < config.heads(); h++) {
                int column = config.queryWidth() + h / (config.heads() / config.keyValueHeads()) * headDim;
                double sum = 0;
                int at = i * config.queryWidth() + h * headDim;
                for (int j = mask.from()[i]; j < mask.to()[i]; j++) {
                    int key = (i / LENGTH * LENGTH + j) * width + column;
                    double score = 0;
                    for (int d = 0; d < headDim; d++) {
                        score += (double) qkv[i * width + h * headDim + d] * qkv[key + d];
                    }
                    double weight = Math.exp(score / Math.sqrt(headDim));
                    sum += weight;
                    for (int d = 0; d < headDim; d++) {
                        out[at + d] += weight * qkv[key + config.keyValueWidth() + d];
                    }
                }
                for (int d = 0; d < headDim && sum > 0; d++) {
                    out[at + d] /= sum;
                }
            }
        }
        return out;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("masks")
    void gradientIsTheSlope(String name, Mask mask, TransformerConfig config) {
        Fixture fixture = new Fixture(config, mask, RowKernels.create());
        int size = TOKENS * config.queryWidth();
        DoubleSupplier loss = () -> {
            fixture.attention.mix(0, fixture.qkv, fixture.mixed, TOKENS);
            return dot(fixture.mixed, fixture.dMixed, size);
        };
        assertThat(loss.getAsDouble()).isFinite();

        fixture.backward();

        Slope.assertGradient(name, fixture.qkv, TOKENS * fixture.width, fixture.dQkv, loss);
    }

    /** Every token of the second row that some position does not see, changed, leaves that position's bits. */
    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("masks")
    void whatIsNotSeenChangesNoBit(String name, Mask mask, TransformerConfig config) {
        Fixture fixture = new Fixture(config, mask, RowKernels.create());
        float[] before = fixture.forward();
        int width = fixture.width;
        int mixedWidth = config.queryWidth();

        for (int token : new int[] {0, 1, 22, 23, 63, 64, 65, 66, 70, 127, 128, LENGTH - 1}) {
            float[] row = new float[width];
            fixture.qkv.get(LENGTH + token, row);
            float[] changed = row.clone();
            for (int i = 0; i < width; i++) {
                changed[i] = 3 - 2 * changed[i];
            }
            fixture.qkv.put(LENGTH + token, changed);
            float[] after = fixture.forward();
            fixture.qkv.put(LENGTH + token, row);

            for (int i = 0; i < TOKENS; i++) {
                boolean sees = i >= LENGTH && (i - LENGTH == token || mask.from()[i] <= token && token < mask.to()[i]);
                if (!sees) {
                    assertThat(Arrays.copyOfRange(after, i * mixedWidth, (i + 1) * mixedWidth))
                            .as("%s: position %d without token %d", name, i, token)
                            .isEqualTo(Arrays.copyOfRange(before, i * mixedWidth, (i + 1) * mixedWidth));
                }
            }
        }
    }

    /** Nor does what an earlier batch left behind. */
    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("masks")
    void twiceGivesTheSameBits(String name, Mask mask, TransformerConfig config) {
        Fixture fixture = new Fixture(config, mask, RowKernels.create());
        float[] mixed = fixture.forward();
        float[] gradient = fixture.backward();
        fixture.attention.see(Mask.full(ROWS, LENGTH));
        fixture.forward();
        fixture.backward();
        fixture.attention.see(mask);

        assertThat(fixture.forward()).as(name).isEqualTo(mixed);
        assertThat(fixture.backward()).as(name).isEqualTo(gradient);
    }

    @Test
    void positionsThatSeeNothingGetZerosAndGiveNone() {
        Mask nothing = Mask.causal(ROWS, LENGTH).withoutPadding(new int[ROWS], new int[ROWS]);
        Fixture fixture = new Fixture(layouts().get(1), nothing, RowKernels.create());

        assertThat(fixture.forward()).containsOnly(0f);
        assertThat(fixture.backward()).containsOnly(0f);
    }

    /** Empty runs between others, each at a place of its own, under both kernels. */
    @Test
    void scatteredPositionsThatSeeNothingGetZeros() {
        int[] from = new int[TOKENS];
        int[] to = new int[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            boolean empty = i % 3 == 1 || i % LENGTH > 120;
            from[i] = empty ? i % LENGTH : Math.max(0, i % LENGTH - 7);
            to[i] = empty ? from[i] : i % LENGTH + 1;
        }
        Mask mask = new Mask(ROWS, LENGTH, from, to);
        TransformerConfig config = layouts().get(1);
        for (RowKernels kernels : List.of(RowKernels.create(), PlainKernels.create())) {
            try (Arena own = new Arena()) {
                Fixture fixture = new Fixture(config, mask, kernels, own);
                float[] mixed = fixture.forward();
                double[] expected = definition(mask, config, values(fixture.qkv, TOKENS * fixture.width));

                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) mixed[i]).isCloseTo(expected[i], within(2e-6));
                }
                for (float gradient : fixture.backward()) {
                    assertThat(gradient).isFinite();
                }
            }
        }
    }

    /** Two documents in one row are computed as in rows of their own. */
    @Test
    void documentInAPackedRowEqualsItsOwnRow() {
        TransformerConfig config = layouts().get(1);
        int[] documents = new int[TOKENS];
        Arrays.fill(documents, 64, 128, 1);
        Arrays.fill(documents, 128, LENGTH, 2);
        Arrays.fill(documents, LENGTH + 64, TOKENS, 1);
        Fixture fixture =
                new Fixture(config, Mask.causal(ROWS, LENGTH).withinDocuments(documents), RowKernels.create());
        float[] packed = fixture.forward();
        float[] dPacked = fixture.backward();
        int from = 64 * config.queryWidth();
        int to = 128 * config.queryWidth();
        float[] block = new float[64 * fixture.width];
        float[] dBlock = new float[64 * config.queryWidth()];
        fixture.qkv.get(64, 0, block, 0, block.length);
        fixture.dMixed.get(64, 0, dBlock, 0, dBlock.length);
        fixture.qkv.put(0, block);
        fixture.dMixed.put(0, dBlock);
        fixture.attention.shape(1, 64);

        float[] alone = fixture.forward();
        float[] dAlone = fixture.backward();

        assertThat(Arrays.copyOf(alone, to - from)).isEqualTo(Arrays.copyOfRange(packed, from, to));
        for (int i = 0; i < block.length; i++) {
            assertThat(dAlone[i]).isCloseTo(dPacked[64 * fixture.width + i], within(2e-5f));
        }
    }
}
