package kindling.prep.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageIdTest {
    private static final String ENGLISH =
            "The river was high after a week of rain, and nobody dared to cross the old bridge. ";
    private static final String GERMAN =
            "Nach einer Woche Regen stand der Fluss hoch, und niemand wagte sich über die Brücke. ";
    private static final String RUSSIAN =
            "После недели дождей река поднялась, и никто не решался перейти через старый мост. ";
    private static final String CHINESE = "下了一个星期的雨以后河水涨得很高，谁也不敢走过那座旧桥。";
    private static final LanguageId.Guess NOTHING = new LanguageId.Guess("", 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t",
                "12 345,67 € (89 %)",
                "?!… – «»",
                "https://example.org/path?q=some+words",
                "😀👍🏽"
            })
    void saysNothingWithoutWords(String text) {
        assertThat(LanguageId.of(text)).isEqualTo(NOTHING);
    }

    @Test
    void isSureOfASentence() {
        assertThat(LanguageId.of(ENGLISH).confidence()).isGreaterThan(0.95);
        assertThat(LanguageId.of(CHINESE))
                .isEqualTo(new LanguageId.Guess("zh", LanguageId.of(CHINESE).confidence()));
    }

    @Test
    void isLessSureOfAWordThanOfASentence() {
        assertThat(LanguageId.of("Brücke").confidence())
                .isLessThan(LanguageId.of(GERMAN).confidence());
    }

    @Test
    void namesTheLanguageWithMostLetters() {
        assertThat(LanguageId.of(ENGLISH + ENGLISH + GERMAN).code()).isEqualTo("en");
        assertThat(LanguageId.of(GERMAN + ENGLISH + GERMAN).code()).isEqualTo("de");
        assertThat(LanguageId.of(RUSSIAN + ENGLISH + RUSSIAN).code()).isEqualTo("ru");
    }

    @Test
    void confidenceOfAMixedTextIsTheShareOfItsLanguage() {
        String lines = (ENGLISH + "\n").repeat(6) + (GERMAN + "\n").repeat(4);

        LanguageId.Guess guess = LanguageId.of(lines);

        assertThat(guess.code()).isEqualTo("en");
        assertThat(guess.confidence()).isCloseTo(0.6, within(0.12));
    }

    @Test
    void seesStartMiddleAndEndOfALongText() {
        String cover = ENGLISH.repeat(20);
        String book = GERMAN.repeat(1000);

        assertThat(LanguageId.of(cover + book).code()).isEqualTo("de");
        assertThat(LanguageId.of(book + cover).code()).isEqualTo("de");
    }

    @Test
    void readsCapitals() {
        assertThat(LanguageId.of(GERMAN.toUpperCase(Locale.ROOT)).code()).isEqualTo("de");
        assertThat(LanguageId.of(RUSSIAN.toUpperCase(Locale.ROOT)).code()).isEqualTo("ru");
    }

    @Test
    void overlooksMarkupAddressesAndCode() {
        String text = "<p class=\"lead big wide\">Der Fluss stand hoch.</p> info@example-company.com"
                + " https://www.example.com/the/quick/brown/fox.html?utm_source=newsletter&amp;page=2"
                + " {\"title\":\"the-name\",\"value\":12} niemand wagte sich über die Brücke <br/>"
                + " someVariableName = getTheValue(thing.other); // bis der Regen aufhörte";

        LanguageId.Guess guess = LanguageId.of(text);

        assertThat(guess.code()).isEqualTo("de");
        assertThat(guess.confidence()).isGreaterThan(0.8);
    }

    @Test
    void namesTheLanguageOfTheCommentsOfCode() {
        String code = """
                /** Liest die Zeilen einer Datei und zählt, wie oft jedes Wort darin vorkommt. */
                static Map<String, Integer> countWords(Path file) throws IOException {
                    Map<String, Integer> counts = new TreeMap<>(); // sortiert, damit die Ausgabe immer gleich ist
                    for (String line : Files.readAllLines(file)) {
                        counts.merge(line.strip(), 1, Integer::sum);
                    }
                    return counts; // der Aufrufer darf die Tabelle verändern
                }
                """;

        assertThat(LanguageId.of(code).code()).isEqualTo("de");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "zh, 東京都知事選挙", // Chinese letters alone, even where a Japanese reader knows the place
        "ja, 東京都知事の選挙が行われます",
        "ru, Программа Firefox работает на Windows и Linux",
        "zh, 使用 Docker 部署应用程序非常简单",
        "'', bcdf ghjkl mnpq rstv wxz qwrt zxcvb plkjh",
        "'', 𐍈𐍉𐌺𐌰 𐌲𐌿𐍄𐌹𐍃𐌺"
    })
    void decidesWhatCouldBeSaidOtherwise(String language, String text) {
        assertThat(LanguageId.of(text).code()).isEqualTo(language);
    }

    @Test
    void callsALanguageItDoesNotKnowByACloseRelative() {
        String galician = "Onte fomos ao mercado e mercamos pan, mazás e un pouco de mel ao vello vendedor da praza.";

        assertThat(LanguageId.of(galician).code()).isIn("pt", "es");
    }

    @Test
    void givesTheSameBitsInEveryThread() {
        List<String> texts = Collections.nCopies(500, ENGLISH + GERMAN + RUSSIAN);
        LanguageId.Guess expected = LanguageId.of(texts.get(0));

        assertThat(texts.parallelStream().map(LanguageId::of).distinct()).containsExactly(expected);
    }

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(ints = {'a', 'я', ' ', '\0', '<', '.', '́', '文', 'か', 0xd800, 0xdc00, 0xffff})
    void takesNoLongerForHostileText(int unit) {
        String text = String.valueOf((char) unit).repeat(10_000_000);
        LanguageId.of(ENGLISH);

        long start = System.nanoTime();
        LanguageId.of(text);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void readsPagesAtMegabytesASecond() {
        String page = (ENGLISH + GERMAN).repeat(30); // 5 kB
        long warmUp = IntStream.range(0, 2_000)
                .filter(i -> LanguageId.of(page).code().isEmpty())
                .count();

        long start = System.nanoTime();
        int pages = 1_000;
        for (int i = 0; i < pages; i++) {
            LanguageId.of(page);
        }

        double megabytesPerSecond = pages * (double) page.length() * 1e3 / (System.nanoTime() - start);
        System.out.printf("language of 5 kB pages: %.0f MB/s%n", megabytesPerSecond);
        assertThat(warmUp).isZero();
        assertThat(megabytesPerSecond).isGreaterThan(2); // ten times that where nothing else runs
    }
}
