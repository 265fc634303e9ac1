package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kindling.model.Batch;
import kindling.model.Mask;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import kindling.model.tensor.PlainKernels;
import kindling.model.tensor.RowKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a whole network must not see, to the bit. */
class LearnerMaskTest {

    private static final int VOCABULARY = 29;
    private static final int ROWS = 2;
    /** Longer than a block of queries. */
    private static final int LENGTH = 75;

    static List<TransformerConfig> shapes() {
        return List.of(
                Shapes.gpt2(VOCABULARY, LENGTH, 2, 3, 15),
                Shapes.llama(VOCABULARY, LENGTH, 2, 4, 2, 6, 19, 21),
                Shapes.queryKeyNorm(Shapes.llama(VOCABULARY, LENGTH, 1, 3, 1, 8, 17, 24)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aTokenChangesNoLogitsBeforeIt(TransformerConfig config) {
        int[] ids = ids(1);
        try (Learner learner = learner(config, TrainingSettings.defaults())) {
            float[] logits = learner.logits(batch(ids));

            for (int t = 1; t < LENGTH; t++) {
                int[] changed = ids.clone();
                changed[t] = (ids[t] + 1) % VOCABULARY;
                float[] after = learner.logits(batch(changed));

                assertThat(Arrays.copyOf(after, t * VOCABULARY)).isEqualTo(Arrays.copyOf(logits, t * VOCABULARY));
                assertThat(after[t * VOCABULARY]).isNotEqualTo(logits[t * VOCABULARY]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void paddingChangesNeitherLossNorGradients(TransformerConfig config) {
        int[] first = {0, 4};
        int[] end = {70, 66};
        int[] ids = ids(1);
        int[] others = ids.clone();
        for (int i = 0; i < ids.length; i++) {
            boolean padding = i % LENGTH < first[i / LENGTH] || i % LENGTH >= end[i / LENGTH];
            others[i] = padding ? VOCABULARY - 1 - ids[i] : ids[i];
        }

        Result one = result(config, batch(ids).withPadding(first, end));
        Result other = result(config, batch(others).withPadding(first, end));

        assertThat(other.losses()).isEqualTo(one.losses());
        assertThat(other.gradients()).isEqualTo(one.gradients());
    }

    /** The first document of each row has no target: what it says must not matter to the others. */
    @ParameterizedTest
    @MethodSource("shapes")
    void otherDocumentsChangeNeitherLossNorGradients(TransformerConfig config) {
        int[] ids = ids(1);
        int[] others = ids.clone();
        int[] targets = ids(2);
        int[] documents = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            documents[i] = i % LENGTH / 20;
            if (documents[i] == 0) {
                targets[i] = Batch.IGNORED;
                others[i] = VOCABULARY - 1 - ids[i];
            }
        }

        Result one = result(config, new Batch(ROWS, LENGTH, ids, targets, documents).withinDocuments(true));
        Result other = result(config, new Batch(ROWS, LENGTH, others, targets, documents).withinDocuments(true));

        assertThat(other.losses()).isEqualTo(one.losses());
        assertThat(other.gradients()).isEqualTo(one.gradients());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void dropoutTrainsTheSameWithRecomputationAndSparesEvaluation(TransformerConfig config) {
        TrainingSettings dropping = TrainingSettings.defaults().withDropout(0.2).withSeed(5);
        Batch batch = batch(ids(1));
        try (Learner plain = learner(config, TrainingSettings.defaults());
                Learner dropped = learner(config, dropping);
                Learner again = learner(config, dropping.withRecompute(true))) {
            plain.gradients(List.of(batch), 0);
            dropped.gradients(List.of(batch), 0);
            again.gradients(List.of(batch), 0);

            assertThat(again.gradients()).isEqualTo(dropped.gradients());
            assertThat(dropped.gradients()).isNotEqualTo(plain.gradients());
            assertThat(dropped.logits(batch)).isEqualTo(plain.logits(batch));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void learnsBesidePositionsThatSeeNothing(TransformerConfig config) {
        int[] from = new int[ROWS * LENGTH];
        int[] to = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = i % 3 == 1 ? i % LENGTH : 0;
            to[i] = i % 3 == 1 ? from[i] : i % LENGTH + 1;
        }
        Batch causal = batch(ids(1));
        Batch batch = new Batch(
                ROWS,
                LENGTH,
                causal.inputs(),
                causal.targets(),
                causal.documents(),
                causal.positions(),
                new Mask(ROWS, LENGTH, from, to));
        for (RowKernels kernels : List.of(RowKernels.create(), PlainKernels.create())) {
            try (Learner learner = new Learner(config, TrainingSettings.defaults(), ROWS, LENGTH, kernels).allocate()) {
                learner.parameters(Weights.initial(config, 7));

                assertThat(learner.evaluate(batch).lossSum()).isFinite();
                assertThat(learner.step(batch, 1e-3).outcome()).isEqualTo(Outcome.APPLIED);
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared part by part
    private record Result(double[] losses, float[] gradients) {}

    private static Result result(TransformerConfig config, Batch batch) {
        try (Learner learner = learner(config, TrainingSettings.defaults())) {
            learner.gradients(List.of(batch), 0);
            return new Result(learner.evaluateRows(batch), learner.gradients());
        }
    }

    private static Learner learner(TransformerConfig config, TrainingSettings settings) {
        Learner learner = new Learner(config, settings, ROWS, LENGTH);
        learner.parameters(Weights.initial(config, 7));
        return learner;
    }

    private static Batch batch(int[] ids) {
        return new Batch(ROWS, LENGTH, ids, ids(2));
    }

    private static int[] ids(int seed) {
        return new SplittableRandom(seed)
                .ints((long) ROWS * LENGTH, 0, VOCABULARY)
                .toArray();
    }
}
