package kindling.prep.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFinderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "When: 2000-04-16 11:34:35               | 2000-04-16 11:34:35",
                "born on 2/29/1935.                      | 2/29/1935",
                "am 29.2.1936 geboren                    | 29.2.1936",
                "it was 05/11/98 then                    | 05/11/98",
                "on 12 May 2020 we met                   | 12 May 2020",
                "on May 12th, 2020 we met                | May 12th, 2020",
                "since March 2019                        | March 2019",
                "am 3. Oktober 1990 war es               | 3. Oktober 1990",
                "le 14 juillet 1789 à Paris              | 14 juillet 1789",
                "We'll meet Monday at noon               | Monday",
                "Monday, 12 May 2020 at 10:30            | Monday, 12 May 2020",
                "founded in 1977 by two friends          | 1977",
            })
    void findsDates(String text, String date) {
        assertThat(Found.datesIn(text)).containsExactly(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I may go.",
                "Version 1.2.3",
                "10.0.0.1",
                "13/13/2020",
                "call 555-12-3456",
                "He weighs 2000 pounds",
                "for 1977 reasons",
                "the sun shone",
                "march on",
                "1/2/3",
            })
    void passesOverOtherNumbersAndWords(String text) {
        assertThat(Found.datesIn(text)).isEmpty();
    }
}
