package kindling.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kindling.jobs.LocalSpark;
import kindling.jobs.shard.ShardFolder;
import kindling.jobs.shard.TokenShards;
import kindling.model.Batch;
import kindling.model.TransformerConfig;
import kindling.model.train.AdamW;
import kindling.model.train.Learner;
import kindling.model.train.Step;
import kindling.model.train.Weights;
import kindling.prep.shard.Packing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LessonExamplesTest {
    private static final int IGNORED = Batch.IGNORED;
    private static final int LENGTH = 12;

    @TempDir
    Path folder;

    private TokenShards shards(Lesson... lessons) throws IOException {
        return ShardFolder.documents(
                folder, 4, Stream.of(lessons).map(Lesson::marked).toArray(int[][]::new));
    }

    private static LessonExamples examples(TokenShards shards, Packing packing, int length) {
        return new LessonExamples(Windows.of(LocalSpark.context(), shards, packing, length));
    }

    private static Batch batch(Examples examples, long... numbers) {
        try (Examples.Reader reader = examples.open()) {
            return reader.batch(numbers);
        }
    }

    @Test
    void aPairAloneIsReadBackWithLossOnItsCompletionOnly() throws IOException {
        TokenShards shards = shards(
                Lesson.of(new int[] {1, 2}, new int[] {3, 9}),
                Lesson.of(new int[] {4}, new int[] {5, 6, 9}),
                Lesson.of(new int[] {7, 8, 7, 8}, new int[] {9}));

        LessonExamples lessons = examples(shards, Packing.DOCUMENT, 5);

        assertThat(lessons.size()).isEqualTo(3);
        Batch batch = batch(lessons, 2, 0);
        assertThat(batch.length()).isEqualTo(4); // not 5: nothing is predicted there
        assertThat(batch.inputs()).containsExactly(7, 8, 7, 8, 1, 2, 3, 0);
        assertThat(batch.targets()).containsExactly(IGNORED, IGNORED, IGNORED, 9, IGNORED, 3, 9, IGNORED);
        assertThat(batch(lessons, 1).targets()).containsExactly(5, 6, 9);
    }

    @Test
    void severalTurnsOfOneLessonCount() throws IOException {
        BitSet predicted = new BitSet();
        predicted.set(1, 3);
        predicted.set(5);

        Batch batch =
                batch(examples(shards(new Lesson(new int[] {1, 2, 3, 4, 5, 6, 7}, predicted)), Packing.DOCUMENT, 9), 0);

        assertThat(batch.inputs()).containsExactly(1, 2, 3, 4, 5);
        assertThat(batch.targets()).containsExactly(2, 3, IGNORED, IGNORED, 6);
    }

    @Test
    void packedPairsAreDocumentsThatPredictNothingAcrossTheirBorders() throws IOException {
        TokenShards shards = shards(
                Lesson.of(new int[] {1, 2}, new int[] {3, 9}),
                Lesson.of(new int[] {4, 4, 4, 4}, new int[] {5, 6, 9}),
                Lesson.of(new int[] {7}, new int[] {8, 9}));

        LessonExamples lessons = examples(shards, Packing.BEST_FIT, 6);

        assertThat(lessons.size()).isEqualTo(2);
        Batch batch = batch(lessons, 0, 1).withinDocuments(true);
        assertThat(batch.inputs()).containsExactly(1, 2, 3, 7, 8, 0, 4, 4, 4, 4, 5, 6);
        assertThat(batch.targets()).containsExactly(IGNORED, 3, 9, 8, 9, IGNORED, IGNORED, IGNORED, IGNORED, 5, 6, 9);
        assertThat(batch.documents()).containsExactly(0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 0, 0);
        assertThat(batch.positions()).containsExactly(0, 1, 2, 0, 1, 0, 0, 1, 2, 3, 4, 5);
    }

    private static Lesson[] random(long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 40)
                .mapToObj(i -> Lesson.of(
                        random.ints(1 + random.nextInt(6), 0, 50).toArray(),
                        random.ints(1 + random.nextInt(6), 0, 50).toArray()))
                .toArray(Lesson[]::new);
    }

    private static Batch all(LessonExamples lessons, boolean packed) {
        Batch batch = batch(lessons, LongStream.range(0, lessons.size()).toArray());
        return packed ? batch.withinDocuments(true) : batch;
    }

    private static List<TransformerConfig> models() {
        return List.of(TransformerConfig.gpt2(50, LENGTH, 2, 2, 16), TransformerConfig.fromJson("""
                        {"model_type": "llama", "vocab_size": 50, "hidden_size": 16, "intermediate_size": 24,
                         "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
                         "max_position_embeddings": 12, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
                         "tie_word_embeddings": true}
                        """));
    }

    /** A law: sharing a sequence changes nothing but time. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void packedPairsTeachWhatTheyTeachAlone(long seed) throws IOException {
        TokenShards shards = shards(random(seed));
        LessonExamples alone = examples(shards, Packing.DOCUMENT, LENGTH);
        LessonExamples packed = examples(shards, Packing.BEST_FIT, LENGTH);

        assertThat(alone.size()).isEqualTo(40);
        assertThat(packed.size()).isLessThan(25);
        for (TransformerConfig model : models()) {
            Learned apart = Learned.from(model, all(alone, false));
            Learned together = Learned.from(model, all(packed, true));
            assertThat(together.step.targets()).isEqualTo(apart.step.targets());
            assertThat(together.step.lossSum()).isCloseTo(apart.step.lossSum(), within(1e-5 * apart.step.lossSum()));
            assertThat(together.step.gradientNorm())
                    .isCloseTo(apart.step.gradientNorm(), within(1e-5 * apart.step.gradientNorm()));
            assertThat(largestDifference(together.moment, apart.moment)).isLessThan(1e-6);
            Learned across = Learned.from(model, all(packed, false));
            assertThat(across.step.lossSum()).isNotCloseTo(apart.step.lossSum(), within(1e-3));
        }
    }

    /** A step, and the gradient as AdamW's first moment has it. */
    @SuppressWarnings("ArrayRecordComponent") // compared number by number
    private record Learned(Step step, float[] moment) {
        static Learned from(TransformerConfig model, Batch batch) {
            AdamW adamW = AdamW.defaults().withClip(Double.POSITIVE_INFINITY);
            try (Learner learner = new Learner(model, adamW, batch.rows(), batch.length())) {
                learner.parameters(Weights.initial(model, 7));
                Step step = learner.step(batch, 1e-3);
                return new Learned(step, learner.state().arrays().get("exp_avg"));
            }
        }
    }

    private static double largestDifference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs((double) a[i] - b[i]))
                .max()
                .orElseThrow();
    }
}
