package kindling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void causalMaskEndsAtThePositionItself() {
        Mask mask = Mask.causal(2, 3);

        assertThat(mask.from()).containsOnly(0);
        assertThat(mask.to()).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void fullMaskEndsWithTheRow() {
        assertThat(Mask.full(2, 3).to()).containsExactly(3, 3, 3, 3, 3, 3);
    }

    @Test
    void prefixIsSeenByAllAndNothingElseChanges() {
        Mask mask = Mask.causal(2, 4).withPrefixes(new int[] {2, 0});

        assertThat(mask.from()).containsOnly(0);
        assertThat(mask.to()).containsExactly(2, 2, 3, 4, 1, 2, 3, 4);
    }

    @Test
    void documentsDoNotSeeEachOther() {
        Mask mask = Mask.causal(2, 4).withinDocuments(new int[] {1, 1, 2, 2, 2, 0, 0, 7});

        assertThat(mask.from()).containsExactly(0, 0, 2, 2, 0, 1, 1, 3);
        assertThat(mask.to()).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    }

    @Test
    void prefixEndsWithItsDocument() {
        Mask mask = Mask.causal(1, 4).withPrefixes(new int[] {3}).withinDocuments(new int[] {5, 5, 6, 6});

        assertThat(mask.from()).containsExactly(0, 0, 2, 2);
        assertThat(mask.to()).containsExactly(2, 2, 3, 4);
    }

    @Test
    void paddingIsSeenByNobody() {
        Mask mask = Mask.causal(1, 5).withoutPadding(new int[] {2}, new int[] {4});

        assertThat(mask.from()).containsExactly(0, 0, 2, 2, 2);
        assertThat(mask.to()).containsExactly(0, 0, 3, 4, 4);
    }

    @Test
    void bidirectionalRowSeesAllButPadding() {
        Mask mask = Mask.full(1, 4).withoutPadding(new int[] {0}, new int[] {3});

        assertThat(mask.from()).containsOnly(0);
        assertThat(mask.to()).containsOnly(3);
    }

    @Test
    void emptyRunIsTheSameWhereverItWasGiven() {
        Mask mask = new Mask(1, 3, new int[] {1, 0, 3}, new int[] {1, 2, 3});

        assertThat(mask.from()).containsExactly(0, 0, 0);
        assertThat(mask.to()).containsExactly(0, 2, 0);
    }

    @Test
    void refusesPaddingThatEndsBeforeItsRowBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.causal(2, 5).withoutPadding(new int[] {0, 4}, new int[] {5, 3}))
                .withMessage("first position must be <= end, got 4 and 3 for row 1");
    }

    @Test
    void refusesPrefixesOfWhatHasBeenTakenApart() {
        Mask documents = Mask.causal(1, 4).withinDocuments(new int[] {1, 1, 2, 2});
        Mask padded = Mask.full(1, 4).withoutPadding(new int[] {0}, new int[] {2});

        assertThatIllegalStateException()
                .isThrownBy(() -> documents.withPrefixes(new int[] {3}))
                .withMessage(
                        "prefixes come before documents and padding, but position 2 of row 0 sees only keys 2 up to 3");
        assertThatIllegalStateException().isThrownBy(() -> padded.withPrefixes(new int[] {3}));
    }

    @Test
    void refusesRunsOutsideTheRow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mask(1, 2, new int[] {0, 0}, new int[] {1, 3}))
                .withMessage("a query's keys must be a run within 0..2, got 0..3 at position 1 of row 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mask(1, 2, new int[2], new int[3]))
                .withMessage("a mask of 1 x 2 needs 2 runs of keys, got 2 starts and 3 ends");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.causal(2, 3).withPrefixes(new int[] {4, 0}))
                .withMessage("prefix length must be 0..3, got 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mask.causal(2, 3).withPrefixes(new int[1]))
                .withMessage("a mask of 2 rows needs one prefix length for each, got 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Mask.causal(2, 3).withinDocuments(new int[5]));
    }
}
