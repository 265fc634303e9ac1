package kindling.prep.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameFinderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "My name is Solveig.                             | Solveig",
                "Please ask Dr. Amara Okafor about it.           | Amara Okafor",
                "I spoke to Mary J. Blackwood yesterday.         | Mary J. Blackwood",
                "Was it Ludwig van Beethoven who wrote this?     | Ludwig van Beethoven",
                "Ms. O'Neil's office called.                     | O'Neil",
                "follow up with patricia desrosiers in May       | patricia desrosiers",
                "Gurpreet, can you send me the file?             | Gurpreet",
                "Have you met Kōji Watanabe?                     | Kōji Watanabe",
                "It was said by Anna-Lena Nilsson.               | Anna-Lena Nilsson",
                "This is Владимир Иванов.                        | Владимир Иванов",
                "Aunt Wu called this morning.                    | Aunt Wu",
                "Herr Müller wohnt nicht hier, aber er kommt oft zu uns. | Müller",
                "Ich heiße Katharina und bin neu hier in der Firma.      | Katharina",
                "Madame Lefèvre est partie hier avec son chien.          | Lefèvre",
                "Je m'appelle Étienne et je suis très heureux.           | Étienne",
            })
    void findsPeople(String text, String name) {
        assertThat(Found.namesIn(text)).contains("PERSON:" + name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "We moved here from Kenosha                      | Kenosha",
                "I will be travelling to Canada next week        | Canada",
                "She was born in New Zealand.                    | New Zealand",
                "The orchestra serves Southern Tunisia           | Tunisia",
                "I live in Brzeziny, close to the river.         | Brzeziny",
                "Er wohnt in Hamburg und arbeitet dort auch.     | Hamburg",
                "Elle habite à Lyon depuis trois ans avec lui.   | Lyon",
                "Svalbard is an island in the north.             | Svalbard",
            })
    void findsPlaces(String text, String name) {
        assertThat(Found.namesIn(text)).containsExactly("LOCATION:" + name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "I work for Brightwater Inc.                     | Brightwater Inc.",
                "Talk to Huber GmbH about the invoice.           | Huber GmbH",
                "She works at Hawkins, Richardson and Santana    | Hawkins, Richardson and Santana",
                "Zentriva is a German software company.          | Zentriva",
                "I left Miller and Sons last year.               | Miller and Sons",
                "Send it to the Bank of China.                   | Bank of China",
                "He joined NorthByte last year.                  | NorthByte",
            })
    void findsOrganisations(String text, String name) {
        assertThat(Found.namesIn(text)).containsExactly("ORG:" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What are my options?",
                "How do I check my balance on my credit card?",
                "Could I change the payment due date?",
                "On Monday the German team met for the first time.",
                "Mark the date and grant him access.",
                "It can't be done. Don't try.",
                "My e-mail is JaneRoe@example.org",
                "See http://example.org/Docs/Guide",
                "I THINK YOU SHOULD READ THIS",
                "",
                "...",
            })
    void passesOverOrdinaryText(String text) {
        assertThat(Found.namesIn(text)).isEmpty();
    }

    @Test
    void tellsSeveralKindsApart() {
        String text = "Jane Roe from Brightwater Inc. flew to Oslo with Mr. Ito.";

        assertThat(Found.namesIn(text))
                .containsExactly("PERSON:Jane Roe", "ORG:Brightwater Inc.", "LOCATION:Oslo", "PERSON:Ito");
    }

    @Test
    void knowsTheShortNameOfWhomTheTextNamesInFull() {
        String text = "Nadia Vexley opened the door. Nobody had seen Vexley for weeks.";

        assertThat(Found.namesIn(text)).containsExactly("PERSON:Nadia Vexley", "PERSON:Vexley");
    }

    @Test
    void findsTheSameAgain() {
        String text = "Jane Roe from Brightwater Inc. lives at 12 Elm Street, Springfield, IL 62701. ".repeat(20);

        List<String> first = Found.namesIn(text);

        assertThat(Found.namesIn(text)).isEqualTo(first).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "Aa ",
                "12 Elm ",
                "of ",
                "the corner of ",
                "Apt. 1 ",
                "a\n",
                "\n",
                " ",
                "?",
                "Jean-",
                "O'",
                "D. ",
                "Roe, ",
                "P.O. Box 1 ",
                "Main St. "
            })
    void takesLinearTimeOnHostileText(String part) {
        String text = part.repeat(1_000_000 / part.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Found.namesIn(text));
    }
}
