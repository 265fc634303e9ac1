package kindling.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kindling.model.checkpoint.Golden;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreProcessorTest {
    private static final RowKernels KERNELS = RowKernels.create();

    @Test
    void givesTheReferenceScoresAndKeepsTheReferenceIds() {
        for (Path folder : Golden.cases("logits-processors")) {
            for (JsonNode golden : Golden.json(folder, "case.json").get("cases")) {
                float[] scores = floats(golden.get("scores"));
                Sequence sequence = sequence(
                        Golden.ints(golden.get("input_ids")),
                        golden.get("prompt_length").asInt());

                chain(golden.get("processors")).forEach(processor -> processor.apply(scores, sequence));

                int[] kept = IntStream.range(0, scores.length)
                        .filter(id -> scores[id] != ScoreProcessor.FORBIDDEN)
                        .toArray();
                assertThat(kept)
                        .as(golden.get("processors").toString())
                        .containsExactly(Golden.ints(golden.get("kept")));
                float[] expected = floats(golden.get("expected"));
                for (int id : kept) {
                    assertThat(scores[id]).isEqualTo(expected[id], within(1e-5f));
                }
            }
        }
    }

    @Test
    void aDecodingAppliesItsProcessorsInTheReferenceOrder() {
        for (Path folder : Golden.cases("logits-processors")) {
            for (JsonNode golden : Golden.json(folder, "case.json").get("cases")) {
                float[] expected = floats(golden.get("scores"));
                float[] scores = expected.clone();
                Sequence sequence = sequence(
                        Golden.ints(golden.get("input_ids")),
                        golden.get("prompt_length").asInt());

                chain(golden.get("processors")).forEach(processor -> processor.apply(expected, sequence));
                ScoreProcessor.of(decoding(golden.get("processors")), Guide.FREE, KERNELS)
                        .forEach(processor -> processor.apply(scores, sequence));

                assertThat(scores).containsExactly(expected);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void topKKeepsWhatSortingKeeps(long seed) {
        Random random = new Random(seed);
        for (int k : new int[] {1, 2, 5, 100, 999, 1000, 2000}) {
            float[] scores = scores(random, 1000);
            float[] sorted = scores.clone();
            Arrays.sort(sorted);
            float least = sorted[Math.max(0, 1000 - k)];
            float[] processed = scores.clone();

            ScoreProcessor.topK(k).apply(processed, sequence(new int[] {0}, 1));

            for (int id = 0; id < 1000; id++) {
                assertThat(processed[id] == scores[id]).isEqualTo(scores[id] >= least);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void topPKeepsWhatSortingEverythingKeeps(long seed) {
        Random random = new Random(seed);
        for (double p : new double[] {1e-9, 0.1, 0.5, 0.9, 0.999}) {
            float[] scores = scores(random, 1000);
            float[] expected = scores.clone();
            slowTopP(expected, p);

            ScoreProcessor.topP(p, KERNELS).apply(scores, sequence(new int[] {0}, 1));

            assertThat(scores).containsExactly(expected);
        }
    }

    /** The definition: all ids in ascending order of score, dropped while the sum of probabilities is at most 1 - p. */
    private static void slowTopP(float[] scores, double p) {
        float[] before = scores.clone();
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Float.compare(before[a], before[b]));
        double total = 0;
        for (float score : before) {
            total += Math.exp(score);
        }
        double sum = 0;
        for (int i = 0; i < order.length - 1; i++) {
            sum += Math.exp(before[order[i]]) / total;
            if (sum <= 1 - p) {
                scores[order[i]] = ScoreProcessor.FORBIDDEN;
            }
        }
    }

    @Test
    void drawsIdsAsOftenAsTheirProbability() {
        Scores scores = new Scores(Decoding.sample(), Guide.FREE, 3, KERNELS);
        float[] logits = {(float) Math.log(0.5), ScoreProcessor.FORBIDDEN, (float) Math.log(0.25)};
        int[] counts = new int[3];

        for (int i = 0; i < 30_000; i++) {
            counts[scores.drawn(logits, Continuation.uniform(7, i))]++;
        }

        assertThat(counts[0]).isBetween(19_600, 20_400);
        assertThat(counts[1]).isZero();
        assertThat(counts[2]).isBetween(9_600, 10_400);
    }

    @Test
    void choosesNothingWhenEverythingIsForbidden() {
        float[] forbidden = {ScoreProcessor.FORBIDDEN, ScoreProcessor.FORBIDDEN};

        assertThat(Scores.likeliest(forbidden)).isEqualTo(-1);
        assertThat(new Scores(Decoding.sample(), Guide.FREE, 2, KERNELS).drawn(forbidden, 0.5))
                .isEqualTo(-1);
    }

    private static List<ScoreProcessor> chain(JsonNode processors) {
        List<ScoreProcessor> chain = new ArrayList<>();
        for (JsonNode processor : processors) {
            JsonNode args = processor.get(1);
            chain.add(
                    switch (processor.get(0).asText()) {
                        case "repetition_penalty" ->
                            ScoreProcessor.repetitionPenalty(args.get("penalty").asDouble());
                        case "no_repeat_ngram_size" ->
                            ScoreProcessor.noRepeatNgram(args.get("n").asInt());
                        case "min_new_tokens" ->
                            ScoreProcessor.minNewTokens(
                                    args.get("n").asInt(), args.get("eos").asInt());
                        case "temperature" ->
                            ScoreProcessor.temperature(args.get("t").asDouble());
                        case "top_k" -> ScoreProcessor.topK(args.get("k").asInt());
                        case "top_p" -> ScoreProcessor.topP(args.get("p").asDouble(), KERNELS);
                        case "min_p" -> ScoreProcessor.minP(args.get("p").asDouble(), KERNELS);
                        default -> throw new IllegalArgumentException(processor.toString());
                    });
        }
        return chain;
    }

    /** The same chain as settings of a sampling decoding. */
    static Decoding decoding(JsonNode processors) {
        Decoding decoding = Decoding.sample();
        for (JsonNode processor : processors) {
            JsonNode args = processor.get(1);
            decoding = switch (processor.get(0).asText()) {
                case "repetition_penalty" ->
                    decoding.withRepetitionPenalty(args.get("penalty").asDouble());
                case "no_repeat_ngram_size" ->
                    decoding.withNoRepeatNgramSize(args.get("n").asInt());
                case "min_new_tokens" ->
                    decoding.withMinNewTokens(args.get("n").asInt())
                            .withEndId(args.get("eos").asInt());
                case "temperature" -> decoding.withTemperature(args.get("t").asDouble());
                case "top_k" -> decoding.withTopK(args.get("k").asInt());
                case "top_p" -> decoding.withTopP(args.get("p").asDouble());
                case "min_p" -> decoding.withMinP(args.get("p").asDouble());
                default -> throw new IllegalArgumentException(processor.toString());
            };
        }
        return decoding;
    }

    private static Sequence sequence(int[] ids, int promptLength) {
        Sequence sequence = new Sequence(Arrays.copyOf(ids, promptLength), ids.length);
        for (int i = promptLength; i < ids.length; i++) {
            sequence.add(ids[i]);
        }
        return sequence;
    }

    private static float[] scores(Random random, int size) {
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            scores[i] = (float) (3 * random.nextGaussian());
        }
        return scores;
    }

    private static float[] floats(JsonNode list) {
        double[] values = Golden.doubles(list);
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
