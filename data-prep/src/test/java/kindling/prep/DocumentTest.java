package kindling.prep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest {
    @Test
    void idIsTheFirst128BitsOfSha256OverPathZeroByteAndPosition() {
        // printf 'a.jsonl\00012' | sha256sum | cut -c1-32
        assertThat(Document.idOf("a.jsonl", "12")).isEqualTo("39896067d221e1ab0da33c65ef95c458");
    }

    @Test
    void idTellsPathAndPositionApart() {
        assertThat(Document.idOf("a1", "2")).isNotEqualTo(Document.idOf("a", "12"));
    }

    @Test
    void metaIsSortedAndCannotBeChanged() {
        Document document = Document.of("1", "text", "a.txt").with("b", "2").with("a", "1");

        assertThat(document.meta()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThatThrownBy(() -> document.meta().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void withChangesOneComponentOnly() {
        Document document = Document.of("1", "text", "a.txt");

        assertThat(document.withText("new").withLanguage("en"))
                .isEqualTo(new Document("1", "new", "a.txt", "", "en", Map.of()));
    }
}
