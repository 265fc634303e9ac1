package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankFileTest {
    private static final List<String> SPECIAL = List.of(Tokenizer.END_OF_TEXT, "PAD");

    @Test
    void mergesWhateverTwoNeighboursAreAPieceByItsRank() throws IOException {
        Tokenizer tokenizer = tokenizer(lines("ab", "bc", "abc"));

        assertThat(tokenizer.encode("abc")).containsExactly(258); // a whole piece is taken at once
        assertThat(tokenizer.encode("xabcbc")).containsExactly('x', 258, 257);
        assertThat(tokenizer.endOfText()).isEqualTo(259);
    }

    @Test
    void takesASpecialTokenThatIsAWordForOrdinaryText() throws IOException {
        Tokenizer tokenizer = tokenizer(lines("ab"));

        assertThat(tokenizer.encode("PAD")).containsExactly('P', 'A', 'D');
        assertThat(tokenizer.encode("PAD", SpecialTokens.IN_TEXT)).containsExactly(258);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IQ==", "IQ== 7", "!! 256", "IQ== 256 1", ""})
    void namesALineThatIsNone(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer(lines() + line + "\nIQ== 300"))
                .withMessageStartingWith("line 257 of a rank file must be \"BASE64 256\"");
    }

    @Test
    void refusesAnAbsurdlyLongLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer(lines() + "QUFB".repeat(1_000_000) + " 256"))
                .withMessageContaining("line 257")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void refusesAFileThatLacksAByte() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer("IQ== 0"))
                .withMessageContaining("lacks 0x00");
    }

    private static Tokenizer tokenizer(String lines) throws IOException {
        return Tokenizer.ofRanks(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)), "gpt2", SPECIAL);
    }

    /** Every byte by its value, then these pieces. */
    private static String lines(String... pieces) {
        List<byte[]> all = new ArrayList<>();
        for (int b = 0; b < ByteAlphabet.SIZE; b++) {
            all.add(new byte[] {(byte) b});
        }
        for (String piece : pieces) {
            all.add(piece.getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder lines = new StringBuilder();
        for (int rank = 0; rank < all.size(); rank++) {
            lines.append(Base64.getEncoder().encodeToString(all.get(rank)))
                    .append(' ')
                    .append(rank)
                    .append('\n');
        }
        return lines.toString();
    }
}
