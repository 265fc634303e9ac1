package kindling.prep.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Send it to 12 Elm Street, Springfield, IL 62701 today.  | 12 Elm Street, Springfield, IL 62701",
                "Meet me at 221B Baker Street.                           | 221B Baker Street",
                "The bus station is on Villacher Strasse 89              | Villacher Strasse 89",
                "He lives on 9 Abbey Road street.                        | 9 Abbey Road",
                "Je vis au 12 rue de la Paix avec mes deux enfants       | 12 rue de la Paix",
                "Ich wohne in der Schulstraße 7 und sie auch nicht hier. | Schulstraße 7",
                "We are at Via dei Fiorentini 17.                        | Via dei Fiorentini 17",
                "It is ul. Miodowa 10.                                   | ul. Miodowa 10",
                "Come to Váci utca 15. and ring twice                    | Váci utca 15.",
                "Meet me at PSC 1437, Box 3833, APO AA 66791             | PSC 1437, Box 3833, APO AA 66791",
                "Write to P.O. Box 186 please                            | P.O. Box 186",
                "It is the corner of Main Street and Elm Road            | the corner of Main Street and Elm Road",
                "my zip code is 35350                                    | 35350",
                "ZIP: B0J 2H0                                            | B0J 2H0",
            })
    void findsAddressesInSentences(String text, String address) {
        assertThat(Found.namesIn(text)).containsExactly("ADDRESS:" + address);
    }

    @Test
    void readsOnOverLineBreaksToThePostcode() {
        String text = "Please send it to 14 Crown Street\n Suite 321\n London\n United Kingdom 75419? Thank you";

        assertThat(Found.namesIn(text))
                .containsExactly("ADDRESS:14 Crown Street\n Suite 321\n London\n United Kingdom 75419");
    }

    @Test
    void takesALetterHeadApart() {
        String text = "Jane Roe\n\n20789 Mill Lane 46\n Suite 501\n Springfield\n Norway 62488";

        assertThat(Found.namesIn(text))
                .containsExactly(
                        "PERSON:Jane Roe",
                        "ADDRESS:20789",
                        "ADDRESS:Mill Lane 46",
                        "ADDRESS:Suite 501",
                        "LOCATION:Springfield",
                        "LOCATION:Norway",
                        "ADDRESS:62488");
    }

    @Test
    void joinsRoadAndDistrictsInARow() {
        String text = "He waits near No. 68, Qinglan Road, Kaifu District, Changsha City.";

        assertThat(Found.namesIn(text)).containsExactly("ADDRESS:No. 68, Qinglan Road, Kaifu District, Changsha City");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The battle began on 12 August 1918 near the river.",
                "There were 12 people in the room.",
                "I bought 3 apples and 12 pears.",
                "It took place in 2002.",
                "Room for 100 to 120 guests.",
                "See section 4.2 of the report.",
                "The street was empty.",
                "It rose by 12 % in 2001.",
            })
    void passesOverNumbersInSentences(String text) {
        assertThat(Found.namesIn(text)).isEmpty();
    }
}
