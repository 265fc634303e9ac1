package kindling.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.tensor.Arena;
import kindling.model.tensor.Matrix;
import kindling.model.tensor.Precision;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerTest {

    private static final int TOKENS = 6;
    private static final int[] IDS = {1, 2, 3, 4, 5, 6};
    private static final int[] POSITIONS = {0, 1, 2, 3, 4, 5};

    private final RowKernels kernels = RowKernels.create();

    static Iterable<TransformerConfig> families() {
        return LayerGradientTest.families();
    }

    /** One layer's memory serves all of them when nothing is kept for backward. */
    @ParameterizedTest
    @MethodSource("families")
    void inferenceGivesTheBitsOfTrainingInLessMemory(TransformerConfig config) {
        try (Parameters parameters = new Parameters(Layout.of(config)).allocate(true);
                Arena training = new Arena();
                Arena inference = new Arena()) {
            Slope.randomize(parameters.values(), (int) parameters.layout().size(), 1);
            Transformer trainable = Transformer.trainable(config, parameters, training, TOKENS, kernels);
            Transformer frozen = Transformer.inference(config, parameters, inference, TOKENS, kernels);

            float[] expected = logits(config, trainable, training);
            float[] logits = logits(config, frozen, inference);

            assertThat(logits).containsExactly(expected);
            assertThat(inference.bytes()).isLessThan(training.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void packedParametersGiveTheLogitsOfTraining(TransformerConfig config) {
        try (Parameters parameters = new Parameters(Layout.of(config)).allocate(true);
                Arena training = new Arena();
                Arena inference = new Arena()) {
            Slope.randomize(parameters.values(), (int) parameters.layout().size(), 1);
            float[] theta =
                    Slope.values(parameters.values(), (int) parameters.layout().size());
            PackedParameters packed = new PackedParameters(config, theta, Precision.FLOAT32);
            try (Parameters rest = new Parameters(packed).allocate(false)) {
                Transformer trainable = Transformer.trainable(config, parameters, training, TOKENS, kernels);
                Transformer shared = Transformer.shared(packed, rest, inference, TOKENS, kernels);
                SelfAttention attention = new SelfAttention(config, inference, TOKENS, TOKENS, kernels);
                float[] expected = logits(config, trainable, training);
                inference.allocate();
                attention.shape(2, TOKENS / 2);
                float[][] logits = new float[TOKENS][config.vocabularySize()];

                shared.logits(shared.forward(IDS, POSITIONS, TOKENS, attention), 0, TOKENS, logits);

                for (int t = 0; t < TOKENS; t++) {
                    int at = t * config.vocabularySize();
                    float[] row = Arrays.copyOfRange(expected, at, at + config.vocabularySize());
                    assertThat(logits[t]).containsExactly(row, within(1e-5f));
                }
            }
        }
    }

    private float[] logits(TransformerConfig config, Transformer transformer, Arena arena) {
        SelfAttention attention = new SelfAttention(config, arena, TOKENS, TOKENS, kernels);
        Matrix logits = arena.matrix(TOKENS, config.vocabularySize());
        arena.allocate();
        attention.shape(2, TOKENS / 2);
        Matrix hidden = transformer.forward(IDS, POSITIONS, TOKENS, attention);
        transformer.logits(hidden, 0, TOKENS, logits);
        return Slope.values(logits, TOKENS * config.vocabularySize());
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesIdsAndPositionsOutsideItsTables(TransformerConfig config) {
        try (Parameters parameters = new Parameters(Layout.of(config)).allocate(false);
                Arena arena = new Arena()) {
            Transformer transformer = Transformer.inference(config, parameters, arena, 2, kernels);
            Mixing none = (layer, qkv, mixed, tokens) -> mixed.zero(tokens);
            arena.allocate();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transformer.forward(new int[] {0, 7}, new int[] {0, 1}, 2, none))
                    .withMessageStartingWith("token id must be 0..6, got 7");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transformer.forward(new int[] {0, 1}, new int[] {0, 80}, 2, none))
                    .withMessageStartingWith("position must be 0..79, got 80");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transformer.forward(IDS, POSITIONS, TOKENS, none))
                    .withMessage("6 tokens at once, planned for 2");
        }
    }
}
