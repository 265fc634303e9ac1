package kindling.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import kindling.model.Layout;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Precision;
import kindling.model.train.Weights;
import org.junit.jupiter.api.Test;

class PackedParametersTest {
    private static final TransformerConfig CONFIG = Shapes.gpt2(97, 32, 2, 3, 33, 77, true);
    private static final float[] THETA = Weights.initial(CONFIG, 5);

    @Test
    void floatsComeBackAsTheyWere() {
        assertThat(new PackedParameters(CONFIG, THETA, Precision.FLOAT32).theta())
                .containsExactly(THETA);
    }

    @Test
    void bytesMoveWeightsOfProductsAndNothingElse() {
        float[] theta = new PackedParameters(CONFIG, THETA, Precision.INT8).theta();

        for (Layout.Parameter parameter : Layout.of(CONFIG).parameters()) {
            boolean product = parameter.rank() == 2 && !parameter.name().equals(Layout.POSITION_EMBEDDING);
            int moved = 0;
            for (int i = (int) parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
                moved += theta[i] == THETA[i] ? 0 : 1;
            }
            assertThat(moved > 0).as(parameter.name()).isEqualTo(product);
        }
    }
}
