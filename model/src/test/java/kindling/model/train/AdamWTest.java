package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import kindling.model.Layout;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private static final double RATE = 0.1;

    private final TransformerConfig config = Shapes.gpt2(5, 4, 1, 1, 4, 4, true);
    private final Layout layout = Layout.of(config);
    private float[] left;

    /** Every parameter 2, every gradient 1: m = 0.1 and v = 0.05 before correction, 1 and 1 after it. */
    @Test
    void firstStepMovesEveryParameterByTheRateAndDecaysMatrices() {
        float[] moved = update(AdamW.defaults().withClip(Double.POSITIVE_INFINITY), 1f);

        assertThat(at(moved, "layers.0.attention.qkv.weight")).isCloseTo(2 * (1 - RATE * 0.1) - RATE, within(1e-6));
        assertThat(at(moved, "embedding.position.weight")).isCloseTo(2 * (1 - RATE * 0.1) - RATE, within(1e-6));
        assertThat(at(moved, "layers.0.attention.qkv.bias")).isCloseTo(2 - RATE, within(1e-6));
        assertThat(at(moved, "norm.weight")).isCloseTo(2 - RATE, within(1e-6));
    }

    @Test
    void gradientsAreZeroAfterwards() {
        assertThat(update(AdamW.defaults(), 1f)).doesNotContain(2f);
        assertThat(left).containsOnly(0f);
    }

    private float[] update(AdamW adamW, float gradient) {
        RowKernels kernels = RowKernels.create();
        float[] values = new float[(int) layout.size()];
        try (Parameters parameters = new Parameters(layout).allocate(true);
                Updates updates = new Updates(
                        adamW, Segment.of(config), parameters.values(), parameters.gradients(), new Arena(), kernels)) {
            updates.allocate();
            Arrays.fill(values, 2f);
            parameters.values().put(0, values);
            Arrays.fill(values, gradient);
            parameters.gradients().put(0, values);

            updates.apply(RATE, Math.sqrt(values.length));

            parameters.values().get(0, values);
            left = new float[values.length];
            parameters.gradients().get(0, left);
        }
        return values;
    }

    private double at(float[] values, String name) {
        return values[(int) layout.get(name).offset()];
    }

    @Test
    void namesEveryValueOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdamW(1, 0.9, 0, 0.1, 1))
                .withMessage("beta1 must be in [0, 1), got 1.0; epsilon must be > 0, got 0.0");
    }
}
