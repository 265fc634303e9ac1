package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> OPTIONS = List.of("--input", "--output", "--output-format", "--overwrite");

    @ParameterizedTest(name = "{0}")
    @CsvSource({"--imput, --input", "--ouptut, --output", "--outputformat, --output-format", "--overwrit=x, --overwrite"
    })
    void namesWhatWasMeant(String typed, String meant) {
        assertThat(Nearest.hint(typed, OPTIONS)).isEqualTo(": did you mean %s?".formatted(meant));
    }

    @Test
    void isSilentWhenNothingIsNear() {
        assertThat(Nearest.hint("--frobnicate", OPTIONS)).isEmpty();
        assertThat(Nearest.hint("--input", List.of())).isEmpty();
    }

    @Test
    void takesTheFirstInTheAlphabetOfEquallyNearNames() {
        assertThat(Nearest.hint("cat", List.of("hat", "bat"))).isEqualTo(": did you mean bat?");
    }
}
