package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import kindling.model.train.Learner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LearnersTest {
    private static final Plan PLAN = TinyTraining.plan(2, Averaging.of("average", 3), 6, TrainingRecipe.of(1e-2, 0));

    @AfterEach
    void release() {
        Learners.release();
    }

    private static Learner used(Plan plan) {
        return Learners.with(plan, 0, 0, learner -> learner);
    }

    @Test
    void oneThatWaitsIsUsedAgainWhateverTheReplica() {
        Learner first = used(PLAN);

        assertThat(Learners.<Learner>with(PLAN, 1, 1, learner -> learner)).isSameAs(first);
    }

    @Test
    void twoAtATimeAreNotTheSame() {
        Learner inner = Learners.with(PLAN, 0, 0, outer -> {
            Learner other = used(PLAN);
            assertThat(other).isNotSameAs(outer);
            return other;
        });

        assertThat(inner).isNotNull();
    }

    @Test
    void anotherPlanGetsItsOwn() {
        Learner first = used(PLAN);
        Plan other = TinyTraining.plan(2, Averaging.of("average", 3), 6, TrainingRecipe.of(2e-2, 0));

        assertThat(used(other)).isNotSameAs(first);
        assertThat(used(PLAN)).isNotSameAs(first);
    }

    @Test
    void oneWhoseWorkFailedIsNotUsedAgain() {
        Learner first = used(PLAN);

        assertThatIllegalStateException()
                .isThrownBy(() -> Learners.with(PLAN, 0, 0, learner -> {
                    throw new IllegalStateException("lost");
                }));
        assertThat(used(PLAN)).isNotSameAs(first);
    }
}
