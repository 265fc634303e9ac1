package kindling.model.generate;

import static kindling.model.generate.WideModels.generate;
import static kindling.model.generate.WideModels.prompts;
import static kindling.model.generate.WideModels.shapes;
import static kindling.model.generate.WideModels.spread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of a decoder, against the whole sequence at once and against what a generator says of them. */
class DecoderTest {
    @ParameterizedTest
    @MethodSource("kindling.model.generate.WideModels#shapes")
    void cachedStepsGiveTheLogitsOfTheWholeSequence(TransformerConfig config) {
        int[] ids = prompts(config, 1).get(0);
        float[] theta = spread(config);
        float[][] stepwise = new float[1][config.vocabularySize()];
        float[][] whole = new float[1][config.vocabularySize()];

        KeyValueCache cache = new KeyValueCache(config, 2, 96);
        try (Decoder decoder =
                new Decoder(new PackedParameters(config, theta, Precision.FLOAT32), RowKernels.create())) {
            Sequence sequence = new Sequence(ids, 40);
            decoder.read(cache, List.of(new Decoder.Part(0, sequence, 0, ids.length - 1)));
            for (int i = 0; i < 40; i++) {
                decoder.step(cache, new int[] {0}, new Sequence[] {sequence}, stepwise);
                decoder.read(cache, List.of(new Decoder.Part(1, sequence, 0, sequence.length() - 1)));
                decoder.step(cache, new int[] {1}, new Sequence[] {sequence}, whole);
                assertThat(stepwise[0]).containsExactly(whole[0]);
                sequence.add(Scores.likeliest(whole[0]));
            }
        }
    }

    @Test
    void logProbabilityIsTheModelsOwnWhateverTheProcessing() {
        TransformerConfig config = shapes().findFirst().orElseThrow();
        float[] theta = spread(config);
        int[] prompt = {7, 8, 9};
        Decoding decoding =
                Decoding.sample().withMaxNewTokens(10).withTemperature(0.7).withTopK(20);

        Completion completion = generate(config, theta, 1, List.of(prompt), new long[] {42}, decoding)
                .get(0);

        double expected = 0;
        float[][] logits = new float[1][config.vocabularySize()];
        KeyValueCache cache = new KeyValueCache(config, 1, 20);
        try (Decoder decoder =
                new Decoder(new PackedParameters(config, theta, Precision.FLOAT32), RowKernels.create())) {
            Sequence sequence = new Sequence(prompt, 10);
            decoder.read(cache, List.of(new Decoder.Part(0, sequence, 0, 2)));
            for (int id : completion.ids()) {
                decoder.step(cache, new int[] {0}, new Sequence[] {sequence}, logits);
                double sum = 0;
                for (float logit : logits[0]) {
                    sum += Math.exp(logit);
                }
                expected += logits[0][id] - Math.log(sum);
                sequence.add(id);
            }
        }
        assertThat(completion.logProbability()).isEqualTo(expected, within(1e-4));
    }
}
