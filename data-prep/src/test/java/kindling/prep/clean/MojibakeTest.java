package kindling.prep.clean;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MojibakeTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final List<String> SENTENCES = List.of(
            "Le café est déjà prêt, où sont les gâteaux à la crème ?",
            "L’élève a reçu « une bonne note » — enfin…",
            "Straße, Köln, Öl und Übermut: schöne Grüße aus München",
            "El niño comió jamón en España. ¿Qué más? ¡Olé!",
            "Não há maçãs amanhã, só pêssegos e limões",
            "Příliš žluťoučký kůň úpěl ďábelské ódy",
            "Zażółć gęślą jaźń, proszę książkę",
            "Smörgåsbord på svenska är gott, blåbær på dansk",
            "Pijamalı hasta yağız şoföre çabucak güvendi",
            "În România, știința și țara sunt frumoase",
            "Съешь же ещё этих мягких французских булок, да выпей чаю",
            "Я и он в саду, а она у реки",
            "Γαζέες καὶ μυρτιὲς δὲν θὰ βρῶ πιὰ στὸ χρυσαφὶ ξέφωτο",
            "Η γάτα και ο σκύλος τρέχουν στον κήπο",
            "עטלף אבק נס דרך מזגן שהתפוצץ כי חם",
            "نص حكيم له سر قاطع وذو شأن عظيم",
            "いろはにほへと ちりぬるを、カタカナも漢字も",
            "我能吞下玻璃而不伤身体。",
            "나는 유리를 먹을 수 있어요. 그래도 아프지 않아요",
            "ฉันกินกระจกได้ แต่มันไม่ทำให้ฉันเจ็บ",
            "Tiếng Việt có nhiều dấu: ế, ở, ữ, ặ",
            "It’s “quoted” text – with dashes — and an ellipsis…",
            "Costs 5 € or £4, at 20 °C, ½ price © 2019 ™",
            "Emoji 😀 and flags 🇩🇪 and hearts ❤️ in one line");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    It’s                 | It’s
                    Itâ€™s               | It’s
                    â€œteaâ€\u009d       | “tea”
                    â\u0080\u0099         | ’
                    cafÃ©                | café
                    Ã©tÃ©                | été
                    CAFÃ‰                | CAFÉ
                    Ã–l                  | Öl
                    dÃ\u00ADa             | día
                    voilÃ\u00A0!          | voilà!
                    20Â°C                | 20°C
                    Â© 2019              | © 2019
                    Â£5 and Â½           | £5 and ½
                    mÃ¥te pÃ¥ bÃ¥ten     | måte på båten
                    KsiÄ…Å¼ka            | Książka
                    Ð§Ð°Ð¹               | Чай
                    ðŸ˜€                 | 😀
                    æ¼¢å\u00AD—            | 漢字
                    Itâ€™s a café        | It’s a café
                    ÃƒÂ©tÃƒÂ©            | été
                    Ã¢â‚¬â„¢               | ’
                    """)
    void repairsWhatNobodyMeant(String broken, String meant) {
        assertThat(Mojibake.repair(broken)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "«IRMû e «CAFÉ»",
                "NÃO, MAÇÔ",
                "NÃO… AMANHÅ HOJE",
                "AMANHÃ—HOJE",
                "IRMÃ\u00A0MARIA",
                "MÃ\u00ADE",
                "GERÄ\u00ADTE",
                "Le café…” dit-il",
                "un café”—et",
                "„viel Spaß“",
                "NESTLÉ® und CITROËN™",
                "PÅ… og Å–",
                "¿QUÉ…?",
                "3×½ × 2",
                "Ø… und Ð",
                "naïve façade, à la carte, Ã",
                "the sign Ã",
                "ß² ÷ ±",
                "£5 ± ½ ° ·",
                "Ç»",
                "plain ASCII text"
            })
    void leavesWhatCanBeMeant(String text) {
        assertThat(Mojibake.repair(text)).isEqualTo(text);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void undoesWhatAWrongReadingDid(long seed) {
        for (String text : texts(seed)) {
            String once = new String(text.getBytes(UTF_8), ISO_8859_1);
            String asWindows = misread(text);

            assertThat(Mojibake.repair(once)).isEqualTo(text);
            assertThat(Mojibake.repair(asWindows)).isEqualTo(text);
            assertThat(Mojibake.repair(misread(asWindows))).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void leavesGoodTextAlone(long seed) {
        assertThat(texts(seed))
                .allSatisfy(text -> assertThat(Mojibake.repair(text)).isSameAs(text));
    }

    @Test
    void repairsALineWithoutTouchingItsNeighbours() {
        assertThat(Mojibake.repair("Ã©tÃ©\n«IRMû\n")).isEqualTo("été\n«IRMû\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ã", "Ã©", "â€", "ÃƒÂ", "É…", "ðŸ˜", "é…”"})
    void takesLinearTime(String part) {
        String hostile = part.repeat(1_000_000);

        Assertions.assertTimeout(Duration.ofSeconds(20), () -> Mojibake.repair(hostile));
    }

    private static List<String> texts(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(SENTENCES);
        for (int i = 0; i < 50; i++) {
            StringBuilder text = new StringBuilder();
            for (int sentences = 1 + random.nextInt(4); sentences > 0; sentences--) {
                text.append(SENTENCES.get(random.nextInt(SENTENCES.size()))).append(random.nextBoolean() ? '\n' : ' ');
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** UTF-8 read as windows-1252, as browsers do: the five bytes without a character stay control characters. */
    private static String misread(String text) {
        StringBuilder misread = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            String character = new String(new byte[] {b}, WINDOWS_1252);
            misread.append(character.equals("\uFFFD") ? (char) (b & 0xFF) : character.charAt(0));
        }
        return misread.toString();
    }
}
