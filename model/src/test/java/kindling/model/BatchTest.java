package kindling.model;

import static kindling.model.Batch.IGNORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void everyPositionPredictsTheNextId() {
        Batch batch = Batch.of(new int[][] {{5, 6, 7}, {1, 2, 3}});

        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.length()).isEqualTo(2);
        assertThat(batch.inputs()).containsExactly(5, 6, 1, 2);
        assertThat(batch.targets()).containsExactly(6, 7, 2, 3);
        assertThat(batch.targetCount()).isEqualTo(4);
    }

    @Test
    void onlyCompletionsArePredicted() {
        Batch batch = Batch.ofPairs(new int[][] {{1, 2, 3}, {4}}, new int[][] {{7, 8}, {9}}, 0);

        assertThat(batch.length()).isEqualTo(4);
        assertThat(batch.inputs()).containsExactly(1, 2, 3, 7, 4, 9, 0, 0);
        assertThat(batch.targets()).containsExactly(IGNORED, IGNORED, 7, 8, 9, IGNORED, IGNORED, IGNORED);
        assertThat(batch.targetCount()).isEqualTo(3);
    }

    @Test
    void emptyPromptPredictsFromTheSecondIdOn() {
        Batch batch = Batch.ofPairs(new int[][] {{}}, new int[][] {{7, 8, 9}}, 0);

        assertThat(batch.inputs()).containsExactly(7, 8);
        assertThat(batch.targets()).containsExactly(8, 9);
    }

    @Test
    void refusesSequencesOfDifferentLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.of(new int[][] {{1, 2, 3}, {1, 2}}))
                .withMessage("sequences of a batch must have one length, row 0 has 3 ids, row 1 has 2");
    }

    @Test
    void refusesBatchesWithoutPositions() {
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(new int[0][]));
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(new int[][] {{}}));
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(new int[][] {{1}}));
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.ofPairs(new int[][] {{1}}, new int[][] {{}}, 0));
    }

    @Test
    void refusesTargetsThatDoNotMatchInputs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(1, 2, new int[2], new int[3]))
                .withMessage("a batch of 1 x 2 needs 2 inputs, targets and documents, got 2, 3 and 2");
    }

    @Test
    void documentsAreOneForEachPosition() {
        Batch batch = new Batch(1, 3, new int[] {5, 6, 7}, new int[] {6, Batch.IGNORED, 8}, new int[] {0, 0, 1});

        assertThat(batch.documents()).containsExactly(0, 0, 1);
        assertThat(Batch.of(new int[][] {{5, 6, 7}}).documents()).containsExactly(0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(1, 2, new int[2], new int[2], new int[3]))
                .withMessageContaining("got 2, 2 and 3");
    }

    @Test
    void positionsRunOnOrRestartInEveryDocument() {
        Batch batch = new Batch(1, 5, new int[5], new int[5], new int[] {1, 1, 2, 2, 2});

        assertThat(batch.mask().from()).containsOnly(0);
        assertThat(batch.withinDocuments(false).mask().from()).containsExactly(0, 0, 2, 2, 2);
        assertThat(batch.withinDocuments(false).positions()).containsExactly(0, 1, 2, 3, 4);
        assertThat(batch.withinDocuments(true).positions()).containsExactly(0, 1, 0, 1, 2);
    }

    @Test
    void paddingIsNotPredictedAndPositionsStartBehindIt() {
        Batch batch = new Batch(2, 4, new int[8], new int[8])
                .withPadding(new int[] {2, 0}, new int[] {4, 3})
                .withinDocuments(true);

        assertThat(batch.positions()).containsExactly(0, 0, 0, 1, 0, 1, 2, 3);
        assertThat(batch.targets()).containsExactly(IGNORED, IGNORED, 0, 0, 0, 0, 0, IGNORED);
        assertThat(batch.mask().to()).containsExactly(0, 0, 3, 4, 1, 2, 3, 3);
    }

    @Test
    void prefixIsSeenWhole() {
        assertThat(new Batch(1, 3, new int[3], new int[3])
                        .withPrefixes(new int[] {2})
                        .mask()
                        .to())
                .containsExactly(2, 2, 3);
    }

    @Test
    void refusesMasksOfOtherShapes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(1, 2, new int[2], new int[2], new int[2], new int[2], Mask.causal(2, 1)))
                .withMessage("a batch of 1 x 2 needs 2 places and a mask of that shape, got 2 and a mask of 2 x 1");
    }
}
