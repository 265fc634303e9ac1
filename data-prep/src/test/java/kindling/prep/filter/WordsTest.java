package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kindling.prep.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static List<String> strings(String string, Words words) {
        return IntStream.range(0, words.count())
                .mapToObj(word -> string.substring(words.start(word), words.end(word)))
                .toList();
    }

    private static List<String> parts(String list) {
        return list == null ? List.of() : Arrays.asList(list.split("\\|"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "' Tea, (hot)\u00A0tea\tnow ','Tea,|(hot)\u00A0tea|now'",
        "'',",
        "我喜欢喝茶。你呢？,我|喜欢|喝茶|你|呢",
        "私は学生です。,私|は|学生|です",
        "ฉันชอบดื่มชา,ฉัน|ชอบ|ดื่ม|ชา",
        "see 北京 now,see|北京|now",
        "한국어 문장,한국어|문장"
    })
    void whiteSpacePartsWordsAndDictionariesThoseWithoutIt(String text, String words) {
        assertThat(strings(text, Text.of(Document.of("1", text, "a.txt")).words()))
                .isEqualTo(parts(words));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'Don''t pay $3,000.50!','Don|''t|pay|$|3,000.50|!'",
        "wait... what?!,wait|...|what|?|!",
        "a-b (c),a|-|b|(|c|)",
        "the end.,the|end|.",
        "हिन्दी में,हिन्दी|में",
        "我喜欢喝茶。,我|喜欢|喝茶|。"
    })
    void tokensSetPunctuationApart(String text, String tokens) {
        assertThat(strings(text, Text.of(Document.of("1", text, "a.txt")).tokens()))
                .isEqualTo(parts(tokens));
    }
}
