package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownReaderTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "# On tea\n\n## More\n",
                "Words.\n\n### On tea ###\n",
                "On tea\n======\n",
                "On tea\n---\n",
                "```\n# comment\n```\n# On tea\n",
                "\uFEFF# On tea\n"
            })
    void firstHeadingIsTheTitle(String text) {
        assertThat(meta(text)).isEqualTo(Map.of("title", "On tea"));
    }

    @Test
    void frontMatterGoesToMetaAndStaysInTheText() {
        String text =
                "---\ntitle: \"Tea: a book\"\ndate: 2024-03-01\nauthor: 'A. B.'\nlicense: CC-BY-4.0\ntags: [x]\n---\n# Other\n";

        Collected read = Collected.from("a.md", text.getBytes(UTF_8));

        assertThat(read.texts()).containsExactly(text);
        assertThat(read.documents.get(0).meta())
                .isEqualTo(Map.of(
                        "title", "Tea: a book", "published", "2024-03-01", "author", "A. B.", "license", "CC-BY-4.0"));
    }

    @Test
    void tomlFrontMatterIsReadToo() {
        assertThat(meta("+++\ntitle = \"Tea\"\n+++\nText.\n")).isEqualTo(Map.of("title", "Tea"));
    }

    @Test
    void textWithoutHeadingHasNoTitle() {
        assertThat(meta("Plain #words.\n\n---\n\nMore.\n")).isEmpty();
    }

    @Test
    void openFrontMatterIsText() {
        assertThat(meta("---\ntitle: x\n\n# Tea\n")).isEqualTo(Map.of("title", "Tea"));
    }

    private static Map<String, String> meta(String text) {
        return Collected.from("a.md", text.getBytes(UTF_8)).documents.get(0).meta();
    }
}
