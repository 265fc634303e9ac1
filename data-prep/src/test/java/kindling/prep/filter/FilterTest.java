package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FilterTest {
    @Test
    void gopherIsBothOfItsRules() {
        assertThat(Filter.rules("gopher, length"))
                .extracting(Filter::name)
                .containsExactly("gopher_quality", "gopher_repetition", "length");
    }

    @Test
    void unknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Filter.rules("gopher,goofer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rules must be a comma list of gopher, gopher_quality, gopher_repetition, c4, length,"
                        + " got \"goofer\": use one of these names");
    }
}
