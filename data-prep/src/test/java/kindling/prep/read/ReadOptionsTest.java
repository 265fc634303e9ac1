package kindling.prep.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {
    @Test
    void defaultsReadAnyFormat() {
        assertThat(ReadOptions.defaults())
                .isEqualTo(new ReadOptions(
                        "auto",
                        "text",
                        "id",
                        "article",
                        false,
                        Set.of(),
                        PathFilter.everything(),
                        Consent.unasked(),
                        Limits.defaults()));
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatThrownBy(() -> new ReadOptions(
                        "vinyl",
                        "",
                        "id",
                        "body",
                        false,
                        Set.of(),
                        PathFilter.everything(),
                        Consent.unasked(),
                        Limits.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format must be one of [auto, zip, warc, jsonl, html, text], got vinyl; ")
                .hasMessageContaining("text-field must name a field")
                .hasMessageContaining("extract must be one of [article, full, none], got body");
    }

    @Test
    void limitsTellAllMistakesAtOnce() {
        assertThatThrownBy(() -> new Limits(0, 0, 99, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max-record-bytes must be 1 to 1073741824")
                .hasMessageContaining("max-file-bytes must be >= 1, got 0")
                .hasMessageContaining("max-depth must be 0 to 16");
    }
}
