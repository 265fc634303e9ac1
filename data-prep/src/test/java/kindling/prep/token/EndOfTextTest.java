package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndOfTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "<|im_end|> <|endoftext|>, 1",
        "</s> <|endoftext|>, 1",
        "<s> </s>, 1",
        "<|eot_id|> <|begin_of_text|> <|end_of_text|>, 2",
        "<bos> <end_of_turn> <eos>, 2",
        "[CLS] [SEP], 1",
        "<|im_start|> <|im_end|>, 1",
    })
    void prefersWhatEndsDocumentsToWhatEndsTurns(String special, int id) {
        List<String> tokens = List.of(special.split(" ", -1));

        assertThat(EndOfText.among(name -> index(tokens, name))).isEqualTo(id);
    }

    @Test
    void saysSoWhenThereIsNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EndOfText.among(name -> OptionalInt.empty()))
                .withMessageContaining("add one to added_tokens");
    }

    private static OptionalInt index(List<String> tokens, String name) {
        return tokens.contains(name) ? OptionalInt.of(tokens.indexOf(name)) : OptionalInt.empty();
    }
}
