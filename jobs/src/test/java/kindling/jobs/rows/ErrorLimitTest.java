package kindling.jobs.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLimitTest {
    @ParameterizedTest(name = "{0} of {1} rows")
    @CsvSource({"5%, 1000, 50", "5%, 39, 1", "0.5%, 1000, 5", "0%, 7, 0", "100%, 7, 7", "12, 1000, 12", "0, 1000, 0"})
    void isAShareOrANumber(String text, long rows, long most) {
        assertThat(ErrorLimit.of(text).most(rows)).isEqualTo(most);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "%", "-1", "101%", "5 %", "five", "1.5", "1e3"})
    void nothingElse(String text) {
        assertThatThrownBy(() -> ErrorLimit.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fail-on-errors is a number of rows, or a share");
    }

    @Test
    void theMostFrequentErrorsComeFirst() {
        RowErrors errors = new RowErrors();
        errors.add("EmptyInput: there is no text", 2);
        errors.add("PromptTooLong: 99 tokens", 3);
        errors.add("PromptTooLong: 100 tokens", 4);

        assertThat(errors.rows()).isEqualTo(9);
        assertThat(errors.mostFrequent())
                .isEqualTo("  7 × PromptTooLong: 100 tokens\n  2 × EmptyInput: there is no text");
    }
}
