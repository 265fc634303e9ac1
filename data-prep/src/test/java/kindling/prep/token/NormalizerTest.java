package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalizers against Hugging Face's library, whose Unicode versions are not ICU's. */
class NormalizerTest {
    private static final String NFC = Tokenizer.byteLevel("gpt2", true, List.of(), List.of("<|endoftext|>"))
            .json();
    private static final int EACH = 101; // of the ideographs and syllables, which are all alike, a sample

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"NFC", "NFD", "NFKC", "NFKD", "Lowercase"})
    void changesEveryCharacterAsTheLibraryDoes(String type) throws IOException {
        String json = NFC.replace("\"NFC\"", '"' + type + '"');
        Tokenizer ours = Tokenizer.parse(json);
        Oracle oracle = new Oracle(json);
        Normalizer2 decomposed = Normalizer2.getNFDInstance();

        StringBuilder text = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (isAsked(point)) {
                String character = Character.toString(point);
                text.append(character).append('|').append(decomposed.normalize(character));
                text.append("|q\u0301").append(character).append("|q").append(character);
                text.append("\u0301|q\u0323").append(character).append('|');
            }
            if (text.length() > 2000 || point == Character.MAX_CODE_POINT) {
                assertThat(ours.encode(text.toString()))
                        .as("up to U+%04X", point)
                        .isEqualTo(oracle.encode(text.toString()));
                text.setLength(0);
            }
        }
    }

    @Test
    void leavesWhatUnicodeAssignedAfterTheLibrarysVersion() {
        Tokenizer nfc = Tokenizer.parse(NFC);
        String composedSince13 = "\uD806\uDD35\uD806\uDD30"; // U+11935 U+11930

        assertThat(nfc.decode(nfc.encode(composedSince13))).isEqualTo(composedSince13);
        assertThat(nfc.decode(nfc.encode("e\u0301"))).isEqualTo("é");
    }

    private static boolean isAsked(int point) {
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.UNASSIGNED, ECharacterCategory.SURROGATE, ECharacterCategory.PRIVATE_USE -> false;
            case ECharacterCategory.OTHER_LETTER -> point % EACH == 0 || !isUniform(point);
            default -> true;
        };
    }

    private static boolean isUniform(int point) {
        return UCharacter.hasBinaryProperty(point, UProperty.UNIFIED_IDEOGRAPH) || (point >= 0xAC00 && point <= 0xD7A3);
    }
}
