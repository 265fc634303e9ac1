package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import kindling.model.Layout;
import kindling.model.Shapes;
import kindling.model.TransformerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {

    private final TransformerConfig config = Shapes.untied(Shapes.llama(50, 32, 2, 4, 2, 6, 20, 40), 1e4, true);

    @ParameterizedTest(name = "at most {0}")
    @ValueSource(ints = {1, 7, 100, 481, 960, 5000, 1 << 20})
    void partsOfAdamWFollowEachOtherAndAreFullButTheLast(int most) {
        List<Part> parts = Part.cut(config, AdamW.defaults(), most);

        assertThat(end(parts)).isEqualTo(Layout.of(config).size());
        assertThat(parts.subList(0, parts.size() - 1)).allMatch(part -> part.size() == most);
        assertThat(parts.get(parts.size() - 1).size()).isBetween(1, most);
    }

    @ParameterizedTest(name = "at most {0}")
    @ValueSource(ints = {1, 7, 100, 481, 960, 5000, 1 << 20})
    void partsOfMuonSplitNoMatrixAndOnlyOneMatrixAloneMakesThemLonger(int most) {
        List<Part> parts = Part.cut(config, Muon.defaults(), most);

        assertThat(end(parts)).isEqualTo(Layout.of(config).size());
        assertThat(parts).noneMatch(part -> part.splits(config, Muon.defaults()));
        assertThat(parts).allMatch(part -> part.size() <= most || isMatrix(part));
    }

    private boolean isMatrix(Part part) {
        return Segment.of(config).stream()
                .anyMatch(segment -> segment.kind() == Segment.Kind.HIDDEN
                        && segment.offset() == part.from()
                        && segment.size() == part.size());
    }

    /** The end of the last, after checking that each starts where the one before ends. */
    private static int end(List<Part> parts) {
        int end = 0;
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).index()).isEqualTo(i);
            assertThat(parts.get(i).from()).isEqualTo(end);
            end += parts.get(i).size();
        }
        return end;
    }

    @Test
    void takesItsOwnOfAnArrayOfAll() {
        assertThat(new Part(1, 2, 3).of(new float[] {0, 1, 2, 3, 4, 5, 6})).containsExactly(2, 3, 4);
    }

    @Test
    void refusesWhatIsNoPart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Part.cut(config, AdamW.defaults(), 0))
                .withMessage("a part must have room for >= 1 parameters, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Part(0, -1, 0))
                .withMessageContaining("got 0, -1 and 0");
    }
}
