package kindling.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetTest {
    private static final String ADDRESS = "anna.berg@example.org";

    private final Snippet snippet = new Snippet();

    @Test
    void personalDataIsReplaced() {
        assertThat(snippet.of("Write to " + ADDRESS + ".")).isEqualTo("Write to <EMAIL>.");
    }

    @Test
    void atMostThreeHundredCharactersAreShown() {
        assertThat(snippet.of("x ".repeat(2000).substring(0, Snippet.HEAD))).hasSize(300);
    }

    @ParameterizedTest(name = "behind {0} other addresses")
    @ValueSource(ints = {0, 1, 8, 15, 20, 23})
    void anAddressThatTheCutHalvesIsNotShownHoweverMuchShorterTheTextBecame(int addresses) {
        String before = ("b".repeat(30) + "@example.org ").repeat(addresses);
        String filled = before + "word ".repeat(Snippet.HEAD).substring(0, Snippet.HEAD - before.length() - 11) + " ";

        String shown = snippet.of((filled + ADDRESS).substring(0, Snippet.HEAD));

        assertThat(shown).doesNotContain("anna", "bbb");
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(snippet.of("x" + "𝔸".repeat(400))).hasSize(299).endsWith("𝔸");
    }

    @Test
    void aTextOfNothingButAddressesLeavesNoHalfOne() {
        String text = (ADDRESS + " ").repeat(100).substring(0, Snippet.HEAD);

        assertThat(snippet.of(text)).doesNotContain("anna");
    }
}
