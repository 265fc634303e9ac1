package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BirthDateRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "She was born on 2/8/1935.                    | 2/8/1935",
                "DOB: 02/08/35                                | 02/08/35",
                "D.O.B. 1935-02-08                            | 1935-02-08",
                "date of birth 12/31/1980                     | 12/31/1980",
                "birthdate=1980-12-31T00:00                   | 1980-12-31",
                "born in London on 5 March 1980               | 5 March 1980",
                "born March 5th, 1980                         | March 5th, 1980",
                "born on the 5th of March, 1980               | 5th of March, 1980",
                "( born November 2 , 1984 )                   | November 2 , 1984",
                "geboren am 5. März 1980 in Köln              | 5. März 1980",
                "Geburtsdatum: 05.03.1980                     | 05.03.1980",
                "née le 1er mars 1980                         | 1er mars 1980",
                "Date de naissance : 05/03/1980               | 05/03/1980",
                "nacido el 5 de marzo de 1980                 | 5 de marzo de 1980",
                "nata il 5 marzo 1980                         | 5 marzo 1980",
                "geboortedatum 5-3-1980                       | 5-3-1980",
                "nascido em 5 de março de 1980                | 5 de março de 1980",
            })
    void findsDays(String text, String day) {
        assertThat(Findings.in(text, "DATE_OF_BIRTH")).containsExactly("DATE_OF_BIRTH:" + day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on 2/8/1935",
                "born in 1935",
                "born on 31/2/1935",
                "born on 13/13/1935",
                "born on 2/8-1935",
                "born in 1900, died on 5 March 1980",
                "born under version 1.2.1980.4",
                "born on 5 March 1780",
                "born 5 Marching 1980",
                "born with 12,5.3.1980",
            })
    void passesOverOtherDates(String text) {
        assertThat(Findings.in(text, "DATE_OF_BIRTH")).isEmpty();
    }
}
