package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private final TransformerConfig config = TransformerConfig.preset("nano").withVocabularySize(300);
    private final Layout layout = Layout.of(config);

    @Test
    void sameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        float[] weights = Weights.initial(config, 5);

        assertThat(Weights.initial(config, 5)).isEqualTo(weights);
        assertThat(Arrays.equals(Weights.initial(config, 6), weights)).isFalse();
    }

    @Test
    void matricesAreNormalAndResidualProjectionsSmaller() {
        float[] weights = Weights.initial(config, 5);

        assertThat(deviation(weights, "layers.1.attention.qkv.weight")).isCloseTo(0.02, within(2e-4));
        assertThat(deviation(weights, "layers.1.mlp.output.weight")).isCloseTo(0.02 / Math.sqrt(8), within(1e-4));
    }

    @Test
    void normsAreOneAndBiasesZero() {
        float[] weights = Weights.initial(config, 5);

        assertThat(part(weights, "layers.2.mlp.norm.weight")).containsOnly(1f);
        assertThat(part(weights, "layers.2.mlp.norm.bias")).containsOnly(0f);
        assertThat(part(weights, "layers.2.attention.qkv.bias")).containsOnly(0f);
    }

    private double deviation(float[] weights, String name) {
        double squares = 0;
        float[] values = part(weights, name);
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares / values.length);
    }

    private float[] part(float[] weights, String name) {
        Layout.Parameter parameter = layout.get(name);
        float[] part = new float[(int) parameter.size()];
        System.arraycopy(weights, (int) parameter.offset(), part, 0, part.length);
        return part;
    }
}
