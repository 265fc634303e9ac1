package kindling.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention over a cache against its definition in double precision, at lengths around those of panels. */
class CachedAttentionTest {
    private static final int SLOT = 1;

    private final TransformerConfig config = Shapes.llama(7, 200, 1, 4, 2, 22, 24, 8);
    private final int headDim = config.headDim();
    private final int rowWidth = config.queryWidth() + 2 * config.keyValueWidth();

    @ParameterizedTest(name = "{0} positions")
    @ValueSource(ints = {1, 9, 47, 48, 49, 130})
    void equalsItsDefinition(int length) {
        float[][] rows = rows(length);
        float[] mixed = new float[config.queryWidth()];
        try (Arena arena = new Arena()) {
            Matrix qkv = arena.matrix(length, rowWidth);
            Matrix out = arena.matrix(length, config.queryWidth());
            arena.allocate();
            for (int t = 0; t < length; t++) {
                qkv.put(t, rows[t]);
            }
            KeyValueCache cache = new KeyValueCache(config, 2, length);
            int[] slots = IntStream.range(0, length).map(t -> SLOT).toArray();
            int[] positions = IntStream.range(0, length).toArray();

            new CachedAttention(config, RowKernels.create()).mix(cache, 0, slots, positions, qkv, out, length);

            for (int t = 0; t < length; t++) {
                out.get(t, mixed);
                for (int h = 0; h < config.heads(); h++) {
                    double[] expected = attend(rows, t, h);
                    for (int d = 0; d < headDim; d++) {
                        assertThat((double) mixed[h * headDim + d]).isCloseTo(expected[d], within(2e-6));
                    }
                }
            }
        }
    }

    private double[] attend(float[][] rows, int t, int head) {
        int kv = head / (config.heads() / config.keyValueHeads()) * headDim;
        double[] out = new double[headDim];
        double sum = 0;
        for (int j = 0; j <= t; j++) {
            double score = 0;
            for (int d = 0; d < headDim; d++) {
                score += (double) rows[t][head * headDim + d] * rows[j][config.queryWidth() + kv + d];
            }
            double weight = Math.exp(score / Math.sqrt(headDim));
            sum += weight;
            for (int d = 0; d < headDim; d++) {
                out[d] += weight * rows[j][config.queryWidth() + config.keyValueWidth() + kv + d];
            }
        }
        for (int d = 0; d < headDim; d++) {
            out[d] /= sum;
        }
        return out;
    }

    private float[][] rows(int length) {
        Random random = new Random(5);
        float[][] rows = new float[length][rowWidth];
        for (float[] row : rows) {
            for (int i = 0; i < rowWidth; i++) {
                row[i] = random.nextFloat() - 0.5f;
            }
        }
        return rows;
    }
}
