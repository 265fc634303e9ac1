package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
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

    @Test
    void takesAddressCharsetAndDateFromTheServer() throws BadRecord {
        WebResponse response =
                new WebResponse("https://a.example/b", "windows-1251", "2020-01-02T03:04:05Z", List.of(), "");
        byte[] page = "<meta charset=utf-8><meta name=date content=2021-01-01><title>Чай</title><p>чай"
                .getBytes(Charset.forName("windows-1251"));

        Document document = HtmlReader.document(
                Document.of("1", "", "x.warc").with("offset", "7"), page, response, ReadOptions.defaults());

        assertThat(document.text()).isEqualTo("чай");
        assertThat(document.url()).isEqualTo("https://a.example/b");
        assertThat(document.meta()).isEqualTo(Map.of("offset", "7", "title", "Чай"));
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "iso-8859-1, \u2019, windows-1252",
        "Latin1, \u2019, windows-1252",
        "iso-8859-9, \u011f, windows-1254",
        "gb2312, \u9555, GB18030",
        "shift_jis, \u2460, windows-31j",
        "ks_c_5601-1987, \ub620, x-windows-949",
        "big5, \u7f75, Big5-HKSCS",
        "x-mac-cyrillic, \u0416, x-MacUkraine",
        "UTF-16, \u0416, UTF-8"
    })
    void labelsMeanWhatBrowsersTakeThemFor(String label, String text, String charset) {
        byte[] page = ("<meta charset=" + label + "><p>" + text).getBytes(Charset.forName(charset));

        assertThat(Collected.from("a.html", page).texts()).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IBM037", "UTF-7", "UTF-32", "x-nonsense", "a.b:c", "iso-2022-kr", "../../etc"})
    void labelsThatBrowsersDoNotKnowMeanNothing(String label) throws BadRecord {
        WebResponse response = new WebResponse("", label, "", List.of(), "");
        byte[] page = ("<meta charset=" + label + "><p>чай").getBytes(UTF_8);

        assertThat(HtmlReader.document(Document.of("1", "", "x"), page, response, ReadOptions.defaults())
                        .text())
                .isEqualTo("чай");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "windows-1251, 'Съешь же ещё этих мягких французских булок, да выпей чаю. Это совсем простой текст.'",
        "KOI8-R, 'Съешь же ещё этих мягких французских булок, да выпей чаю. Это совсем простой текст.'",
        "Shift_JIS, 'これは日本語の文章です。文字コードを調べるための短いテキストです。お茶を飲みます。'",
        "EUC-JP, 'これは日本語の文章です。文字コードを調べるための短いテキストです。お茶を飲みます。'",
        "GB18030, '这是一个简单的中文文本，用来检查字符编码的识别。我们喜欢喝茶，也喜欢读书。'",
        "Big5, '這是一個簡單的中文文本，用來檢查字符編碼的識別。我們喜歡喝茶，也喜歡讀書。'",
        "EUC-KR, '이것은 문자 인코딩을 확인하기 위한 간단한 한국어 문장입니다. 우리는 차를 마십니다.'",
        "windows-1252, 'Le thé est prêt : où sont les gâteaux à la crème ? L’été, déjà, s’achève très doucement.'",
        "UTF-16LE, 'Съешь же ещё этих мягких французских булок, да выпей чаю.'",
        "UTF-16BE, 'これは日本語の文章です。お茶を飲みます。'"
    })
    void detectsWhatNobodyDeclared(String charset, String text) {
        byte[] page = ("<html><head><title>Tea</title></head><body><div><p>" + text + "</p></div></body></html>")
                .getBytes(Charset.forName(charset));

        assertThat(Collected.from("a.html", page).texts()).containsExactly(text);
    }

    @Test
    void takesAPageInAnotherEncodingThatCallsItselfUtf8ForWhatItIs() {
        String text = "Съешь же ещё этих мягких французских булок, да выпей чаю. Это совсем простой текст.";
        byte[] page = ("<meta charset=utf-8><p>" + text).getBytes(Charset.forName("windows-1251"));

        assertThat(Collected.from("a.html", page).texts()).containsExactly(text);
    }

    @Test
    void aDamagedCharacterDoesNotChangeTheEncoding() {
        byte[] page = "<meta charset=utf-8><p>чай, чай, ча?".getBytes(UTF_8);
        page[page.length - 1] = (byte) 0xD0;

        assertThat(Collected.from("a.html", page).texts()).containsExactly("чай, чай, ча\uFFFD");
    }

    @Test
    void repairsMojibakeBeforeThePageIsRead() {
        byte[] page = "<p>dÃ©jÃ\u00A0 vu, dÃ\u00ADa".getBytes(UTF_8);

        assertThat(Collected.from("a.html", page).texts()).containsExactly("déjà vu, día");
    }

    @Test
    void aZeroByteInAnyPlaceCostsNothing() {
        byte[] page = ("<!doctype html><title>Tea</title><p class=x>" + "Water is poured over leaves. ".repeat(5))
                .getBytes(UTF_8);

        for (int place = 0; place < page.length; place++) {
            byte[] broken = new byte[page.length + 1];
            System.arraycopy(page, 0, broken, 0, place);
            System.arraycopy(page, place, broken, place + 1, page.length - place);
            assertThat(Collected.from("a.html", broken).documents)
                    .as("zero at %d", place)
                    .hasSize(1);
        }
    }

    @Test
    void aPageAsLargeAsARecordMayBeIsRead() {
        String part = "<p>Water is poured over the leaves and left for a few minutes. ";
        byte[] page = part.repeat((16 << 20) / part.length()).getBytes(UTF_8);

        assertThat(Collected.from("a.html", page).documents).hasSize(1);
    }

    @Test
    void extractionThatTakesTooLongCostsThePage() {
        ReadOptions hasty = ReadOptions.defaults().withLimits(Limits.defaults().withMaxExtractionMillis(1));

        assertThat(Collected.from("a.html", "<p>Hot. ".repeat(400_000).getBytes(UTF_8), hasty)
                        .reasons())
                .containsExactly("extraction_timeout");
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
