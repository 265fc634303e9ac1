package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Random;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReaderTest {
    private static final String PAGE =
            "<title>Tea</title><link rel=canonical href='https://a.example/tea'><nav>Home</nav><p>Hot.";

    @Test
    void fileIsAPageWithTitleAndAddress() {
        assertThat(Collected.from("x/tea.html", PAGE.getBytes(UTF_8)).documents)
                .containsExactly(new Document(
                        Document.idOf("x/tea.html", ""),
                        "Hot.",
                        "x/tea.html",
                        "https://a.example/tea",
                        "",
                        Map.of("title", "Tea")));
    }

    @Test
    void extractsAllOrNothing() {
        ReadOptions options = ReadOptions.defaults();

        assertThat(Collected.from("a.html", PAGE.getBytes(UTF_8), options.withExtract("full"))
                        .texts())
                .containsExactly("Home\n\nHot.");
        assertThat(Collected.from("a.html", PAGE.getBytes(UTF_8), options.withExtract("none"))
                        .texts())
                .containsExactly(PAGE);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "<meta charset=utf-8>, UTF-8",
        "'<meta http-equiv=Content-Type content=\"text/html; charset=ISO-8859-1\">', windows-1252",
        "<meta charset='windows-1251'>, windows-1251",
        "<meta charset=Shift_JIS>, Shift_JIS",
        "<meta charset=no-such-charset>, UTF-8",
        "<p>, UTF-8"
    })
    void decodesAsDeclared(String declaration, String charset) {
        String word = charset.equals("windows-1251") ? "чай" : charset.equals("Shift_JIS") ? "お茶" : "café";
        byte[] page = (declaration + "<p>" + word).getBytes(Charset.forName(charset));

        assertThat(Collected.from("a.html", page).texts()).containsExactly(word);
    }

    @Test
    void readsUndeclaredWindows1252AndMarkedUtf16() {
        assertThat(Collected.from("a.html", "<p>caf\u00e9 \u2019".getBytes(Charset.forName("windows-1252")))
                        .texts())
                .containsExactly("caf\u00e9 \u2019");
        assertThat(Collected.from("a.html", "\ufeff<p>чай".getBytes(UTF_16LE)).texts())
                .containsExactly("чай");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void randomBytesAreNoText(long seed) {
        byte[] bytes = new byte[50_000];
        new Random(seed).nextBytes(bytes);

        assertThat(Collected.from("a.html", bytes).reasons()).containsExactly("not_text");
    }

    @Test
    void pageAboutControlCharactersIsText() {
        String page = "<p>The character NUL is written \0 and the rest of this page is as usual.".repeat(10);

        assertThat(Collected.from("a.html", page.getBytes(UTF_8)).documents).hasSize(1);
    }

    @Test
    void pageOfLinksHasNoMainContent() {
        byte[] page = "<ul><li><a href=a>Green</a><li><a href=b>Black</a><li><a href=c>White</a></ul>".getBytes(UTF_8);

        assertThat(Collected.from("a.html", page).reasons()).containsExactly("no_main_content");
    }

    @Test
    void pageWithoutTextIsEmpty() {
        assertThat(Collected.from("a.html", "<p><img src=x>".getBytes(UTF_8)).reasons())
                .containsExactly("empty");
    }

    @Test
    void pageOfTooManyTagsIsTooLarge() {
        assertThat(Collected.from("a.html", "<b>".repeat(500_001).getBytes(UTF_8))
                        .details())
                .containsExactly("a.html: more than 500000 tags");
    }

    @Test
    void fileWithoutExtensionIsKnownByItsFirstWords() {
        assertThat(Collected.from("index", "\n<!DOCTYPE HTML><p>Hot.".getBytes(UTF_8))
                        .texts())
                .containsExactly("Hot.");
    }
}
