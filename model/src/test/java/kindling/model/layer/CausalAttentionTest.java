package kindling.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention over keys kept apart from the queries, against its definition in double precision. */
class CausalAttentionTest {

    private final TransformerConfig config = Shapes.llama(7, 200, 1, 4, 2, 6, 24, 8);
    private final int headDim = config.headDim();

    @ParameterizedTest(name = "the last {0} of {1} positions")
    @CsvSource({"1, 1", "1, 9", "1, 200", "5, 5", "7, 30", "64, 64", "65, 65", "130, 200"})
    void equalsItsDefinition(int queries, int keys) {
        try (Arena arena = new Arena()) {
            Matrix q = arena.matrix(queries, config.queryWidth());
            Matrix k = arena.matrix(keys, config.keyValueWidth());
            Matrix v = arena.matrix(keys, config.keyValueWidth());
            Matrix out = arena.matrix(queries, config.queryWidth());
            CausalAttention attention = new CausalAttention(config, arena, 200, RowKernels.create());
            arena.allocate();
            Slope.randomize(q, queries * config.queryWidth(), 1);
            Slope.randomize(k, keys * config.keyValueWidth(), 2);
            Slope.randomize(v, keys * config.keyValueWidth(), 3);

            attention.forward(queries, keys, q, q.at(0, 0), k, k.at(0, 0), v, v.at(0, 0), out, out.at(0, 0));

            float[] row = new float[config.queryWidth()];
            for (int i = 0; i < queries; i++) {
                out.get(i, row);
                for (int h = 0; h < config.heads(); h++) {
                    double[] expected = attend(q, i, h, k, v, keys - queries + i + 1);
                    for (int d = 0; d < headDim; d++) {
                        assertThat((double) row[h * headDim + d]).isCloseTo(expected[d], within(2e-6));
                    }
                }
            }
        }
    }

    private double[] attend(Matrix q, int query, int head, Matrix k, Matrix v, int seen) {
        int column = head / (config.heads() / config.keyValueHeads()) * headDim;
        float[] one = part(q, query, head * headDim);
        double[] out = new double[headDim];
        double sum = 0;
        for (int j = 0; j < seen; j++) {
            float[] key = part(k, j, column);
            float[] value = part(v, j, column);
            double score = 0;
            for (int d = 0; d < headDim; d++) {
                score += (double) one[d] * key[d];
            }
            double weight = Math.exp(score / Math.sqrt(headDim));
            sum += weight;
            for (int d = 0; d < headDim; d++) {
                out[d] += weight * value[d];
            }
        }
        for (int d = 0; d < headDim; d++) {
            out[d] /= sum;
        }
        return out;
    }

    private float[] part(Matrix matrix, int row, int column) {
        float[] values = new float[headDim];
        matrix.get(row, column, values, 0, headDim);
        return values;
    }
}
