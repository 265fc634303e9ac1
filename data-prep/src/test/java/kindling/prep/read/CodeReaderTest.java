package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeReaderTest {
    @Test
    void keepsIndentationLineBreaksAndTrailingSpaces() {
        String code = "def f(x):\n\tif x:\n        return  1  \n\n\n    # end\n";

        Collected read = Collected.from("src/a.py", code.getBytes(UTF_8));

        assertThat(read.documents).singleElement().satisfies(document -> {
            assertThat(document.text()).isEqualTo(code);
            assertThat(document.meta()).containsEntry("programming_language", "python");
            assertThat(document.language()).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
                    A.java, java
                    a.h, c
                    a.CPP, c++
                    a.tsx, typescript
                    a.rs, rust
                    a.kt, kotlin
                    a.sh, shell
                    a.R, r
                    a.jl, julia
                    a.yml, yaml
                    a.properties, java-properties
                    a.json, json
                    a.xml, xml
                    a.css, css
                    """)
    void extensionTellsTheLanguage(String name, String language) {
        Collected read = Collected.from(name, "x = 1".getBytes(UTF_8));

        assertThat(read.documents.get(0).meta()).isEqualTo(Map.of("programming_language", language));
    }

    @Test
    void compressionDoesNotHideTheLanguage() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("SELECT 1".getBytes(UTF_8));
        }

        Collected read = Collected.from("a.sql.gz", packed.toByteArray());

        assertThat(read.documents.get(0).meta()).containsEntry("programming_language", "sql");
    }

    @Test
    void codeIsInNoNaturalLanguageAndSoKeptWhateverLanguagesAreWanted() {
        ReadOptions options = ReadOptions.defaults().withLanguages(Set.of("de"));

        Collected read = Collected.from("a.py", "# the tea is hot\nx = 1\n".getBytes(UTF_8), options);

        assertThat(read.documents).extracting(Document::language).containsExactly("");
    }

    @Test
    void jsonLinesAreNoCode() {
        assertThat(Collected.from("a.json", "{\"text\":\"x\"}\n{\"text\":\"y\"}".getBytes(UTF_8))
                        .texts())
                .containsExactly("x", "y");
    }

    @Test
    void binaryDataWithACodeExtensionIsRejected() {
        assertThat(Collected.from("a.m", new byte[1000]).reasons()).containsExactly("not_text");
    }
}
