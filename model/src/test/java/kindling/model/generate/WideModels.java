package kindling.model.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;
import kindling.model.train.Weights;

/** Models that have learned nothing, but whose weights are so wide that their texts vary; and prompts for them. */
final class WideModels {
    private WideModels() {}

    /** Shapes whose products fall into different kernels: even and odd widths, grouped heads, a head of its own width. */
    static Stream<TransformerConfig> shapes() {
        return Stream.of(
                Shapes.gpt2(300, 96, 2, 4, 64, 256, true),
                Shapes.gpt2(1031, 96, 2, 4, 128, 512, true),
                Shapes.gpt2(97, 96, 2, 3, 33, 77, true),
                Shapes.untied(Shapes.llama(301, 96, 2, 6, 2, 10, 60, 172), 1e4, false));
    }

    static List<Completion> generate(
            TransformerConfig config,
            float[] theta,
            int batchSize,
            List<int[]> prompts,
            long[] seeds,
            Decoding decoding) {
        try (Generator generator = new Generator(new PackedParameters(config, theta, Precision.FLOAT32), batchSize)) {
            return generator.generate(prompts, seeds, decoding);
        }
    }

    /** Initial weights made ten times larger: logits that differ enough for varied texts, and roundings that show. */
    static float[] spread(TransformerConfig config) {
        float[] theta = Weights.initial(config, 11);
        for (int i = 0; i < theta.length; i++) {
            theta[i] *= theta[i] == 1 ? 1 : 10;
        }
        return theta;
    }

    /** Prompts of 1 to 60 ids. */
    static List<int[]> prompts(TransformerConfig config, int count) {
        Random random = new Random(3);
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(random.ints(1 + random.nextInt(60), 0, config.vocabularySize())
                    .toArray());
        }
        return prompts;
    }
}
