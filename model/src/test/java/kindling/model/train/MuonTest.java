package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import kindling.model.Layout;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;

class MuonTest {

    private static final double RATE = 0.02;
    private static final int STEPS = 3;

    /** Four query heads and two of keys and values, six wide: 24, 12 and 12 rows; gate and up of 20 rows. */
    private final TransformerConfig config = Shapes.llama(11, 8, 1, 4, 2, 6, 16, 20);

    private final Layout layout = Layout.of(config);
    private final Muon muon = Muon.defaults().withOthers(AdamW.defaults().withClip(Double.POSITIVE_INFINITY));
    private final float[] start = uniform(1, (int) layout.size());

    @Test
    void matricesMoveAsTheTwinInDoublePrecisionDoes() {
        float[] moved = moved(muon);

        assertTwin(moved, "layers.0.attention.qkv.weight", 0, 24);
        assertTwin(moved, "layers.0.attention.qkv.weight", 24, 12);
        assertTwin(moved, "layers.0.attention.qkv.weight", 36, 12);
        assertTwin(moved, "layers.0.attention.output.weight", 0, 16);
        assertTwin(moved, "layers.0.mlp.input.weight", 0, 20);
        assertTwin(moved, "layers.0.mlp.input.weight", 20, 20);
        assertTwin(moved, "layers.0.mlp.output.weight", 0, 16);
    }

    private void assertTwin(float[] moved, String name, int firstRow, int rows) {
        int columns = layout.get(name).columns();
        int from = (int) layout.get(name).offset() + firstRow * columns;
        double[] p = new double[rows * columns];
        double[] b = new double[p.length];
        Arrays.setAll(p, i -> start[from + i]);
        for (int step = 0; step < STEPS; step++) {
            float[] g = gradients(step);
            float[] u = new float[p.length];
            for (int i = 0; i < p.length; i++) {
                b[i] = 0.95 * b[i] + g[from + i];
                u[i] = (float) (g[from + i] + 0.95 * b[i]);
            }
            double[][] o = Orthogonal.of(u, rows, columns, 5);
            for (int i = 0; i < p.length; i++) {
                p[i] = p[i] * (1 - RATE * 0.1)
                        - RATE * 0.2 * Math.sqrt(Math.max(rows, columns)) * o[i / columns][i % columns];
            }
        }
        for (int i = 0; i < p.length; i++) {
            assertThat((double) moved[from + i]).as("%s %d", name, i).isCloseTo(p[i], within(2e-5));
        }
    }

    @Test
    void everythingElseMovesAsUnderAdamW() {
        float[] moved = moved(muon);
        float[] adamW = moved(muon.others());

        for (Layout.Parameter parameter : layout.parameters()) {
            int from = (int) parameter.offset();
            int to = from + (int) parameter.size();
            boolean same = Arrays.equals(moved, from, to, adamW, from, to);
            assertThat(same)
                    .as(parameter.name())
                    .isEqualTo(parameter.rank() == 1 || !parameter.name().startsWith("layers."));
        }
    }

    @Test
    void matricesNeedOneMomentOnly() {
        TrainerState state = TrainerState.initial(config, TrainingSettings.of(muon));

        int matrices = Segment.of(config).stream()
                .filter(segment -> segment.kind() == Segment.Kind.HIDDEN)
                .mapToInt(Segment::size)
                .sum();
        assertThat(state.arrays().get("momentum")).hasSize(matrices);
        assertThat(state.arrays().get("exp_avg")).hasSize(start.length - matrices);
        assertThat(state.arrays().get("exp_avg_sq")).hasSize(start.length - matrices);
    }

    @Test
    void namesEveryValueOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Muon(1, 0, -1, 0, AdamW.defaults()))
                .withMessage("momentum must be in [0, 1), got 1.0; iterations must be >= 1, got 0; "
                        + "weightDecay must be >= 0, got -1.0; shareOfRate must be > 0, got 0.0");
    }

    private float[] moved(Optimiser optimiser) {
        RowKernels kernels = RowKernels.create();
        float[] values = start.clone();
        try (Arena scratch = new Arena();
                Parameters parameters = new Parameters(layout).allocate(true);
                Updates updates = new Updates(
                        optimiser, Segment.of(config), parameters.values(), parameters.gradients(), scratch, kernels)) {
            scratch.allocate();
            updates.allocate();
            parameters.values().put(0, values);
            for (int step = 0; step < STEPS; step++) {
                parameters.gradients().put(0, gradients(step));
                updates.apply(RATE, 1);
            }
            parameters.values().get(0, values);
            float[] left = new float[values.length];
            parameters.gradients().get(0, left);
            assertThat(left).containsOnly(0f);
        }
        return values;
    }

    private float[] gradients(int step) {
        return uniform(100 + step, start.length);
    }

    private static float[] uniform(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
