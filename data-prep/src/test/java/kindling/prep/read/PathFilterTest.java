package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFilterTest {
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            **.js | a.jar!/x/y.js | true
            **.js | y.js | true
            **.js | y.json | false
            *.txt | a.txt | true
            *.txt | x/a.txt | false
            x/*/a.txt | x/y/a.txt | true
            x/*/a.txt | x/y/z/a.txt | false
            x/**/a.txt | x/y/z/a.txt | true
            a?c | abc | true
            a?c | a/c | false
            **.{js,css} | x/a.css | true
            **.{js,css} | x/a.cs | false
            {a,b}/{c,d} | b/c | true
            a.txt | a+txt | false
            *** | anything/at | true
            """)
    void matches(String glob, String path, boolean matches) {
        assertThat(PathFilter.matches(glob, path)).isEqualTo(matches);
    }

    @Test
    void hostileNamesTakeLinearTime() {
        assertThat(PathFilter.matches("**a**a**a**a**a**b", "a".repeat(50_000))).isFalse();
    }

    @Test
    void listsAreCutAtCommasOutsideBraces() {
        assertThat(PathFilter.of(List.of("**.{a,b},c", "d"), List.of()).include())
                .containsExactly("**.{a,b}", "c", "d");
    }

    @Test
    void brokenBracesAreNamed() {
        assertThatThrownBy(() -> PathFilter.of(List.of("**.{a"), List.of()))
                .hasMessage("glob '**.{a' has a { without }");
    }

    @Test
    void whatIsLeftOutIsNoInput() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : List.of("a.txt", "b.css", "../c.css", "d.md", "e/f.txt")) {
            entries.put(name, "tea".getBytes(UTF_8));
        }
        ReadOptions options =
                ReadOptions.defaults().withPaths(PathFilter.of(List.of("**.txt"), List.of("**.css,**/e/**")));

        Collected read = Collected.from("a.zip", Packed.zip(entries), options);

        assertThat(read.documents).hasSize(1);
        assertThat(read.rejections).isEmpty();
        assertThat(read.excluded).containsExactly("a.zip!/b.css", "a.zip!/../c.css", "a.zip!/d.md", "a.zip!/e/f.txt");
    }
}
