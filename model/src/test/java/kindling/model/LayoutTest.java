package kindling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {

    static Iterable<String> presets() {
        return TransformerConfig.presets();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void parametersFollowEachOtherWithoutGaps(String preset) {
        Layout layout = Layout.of(TransformerConfig.preset(preset));

        long end = 0;
        for (Layout.Parameter parameter : layout.parameters()) {
            assertThat(parameter.offset()).as(parameter.name()).isEqualTo(end);
            end += parameter.size();
        }
        assertThat(layout.size()).isEqualTo(end);
    }

    @Test
    void groupedQueriesNarrowKeysAndValues() {
        TransformerConfig config = Shapes.untied(Shapes.llama(10, 8, 1, 4, 2, 6, 20, 32), 1e4, false);
        Layout layout = Layout.of(config);

        assertThat(layout.get("layers.0.attention.qkv.weight").shape()).isEqualTo(List.of(48, 20));
        assertThat(layout.get("layers.0.attention.output.weight").shape()).isEqualTo(List.of(20, 24));
        assertThat(layout.get("layers.0.mlp.input.weight").shape()).isEqualTo(List.of(64, 20));
        assertThat(layout.has("layers.0.attention.qkv.bias")).isFalse();
        assertThat(layout.has("embedding.position.weight")).isFalse();
        assertThat(layout.get("head.weight").shape()).isEqualTo(List.of(10, 20));
    }

    @Test
    void unknownNameIsNamed() {
        Layout layout = Layout.of(TransformerConfig.preset("nano"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> layout.get("head.weight"))
                .withMessage("this model has no parameter 'head.weight'");
    }

    @Test
    void refusesMoreParametersThanAnArrayHolds() {
        TransformerConfig config = Shapes.gpt2(1 << 24, 8, 1, 4, 256);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layout.of(config))
                .withMessageContaining("at most 2^31 - 9 parameters");
    }
}
