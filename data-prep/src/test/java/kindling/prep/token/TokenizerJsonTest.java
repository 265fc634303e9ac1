package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import kindling.prep.bpe.BpeTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Tokenizer TOKENIZER =
            BpeTrainer.train(Map.of(" hello", 3L, "world", 2L, "\"\\\n", 1L), 265, "gpt2", List.of("<|user|>"));
    private static final String TEXT = "hello hello world<|user|> \"\\\n <|endoftext|>";

    @Test
    void writesWhatHuggingFaceExpects() throws IOException {
        JsonNode root = JSON.readTree(TOKENIZER.json());

        assertThat(root.at("/model/type").asText()).isEqualTo("BPE");
        assertThat(root.at("/model/merges/0").asText()).isEqualTo("e l");
        assertThat(root.at("/model/vocab")).hasSize(265);
        assertThat(root.at("/pre_tokenizer").toString())
                .isEqualTo(
                        "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}");
        assertThat(root.at("/decoder/type").asText()).isEqualTo("ByteLevel");
        assertThat(root.at("/normalizer").isNull()).isTrue();
        assertThat(root.at("/added_tokens/0").toString())
                .isEqualTo(
                        "{\"id\":263,\"content\":\"<|endoftext|>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
                                + "\"normalized\":false,\"special\":true}");
    }

    @Test
    void givesBackTheVeryTextItWasParsedFrom() throws IOException {
        String spaced = tree().toPrettyString();

        assertThat(Tokenizer.parse(spaced).json()).isSameAs(spaced);
    }

    @Test
    void readsMergesGivenAsPairs() throws IOException {
        ObjectNode root = tree();
        ArrayNode merges = JSON.createArrayNode();
        for (JsonNode merge : root.at("/model/merges")) {
            String[] pair = merge.asText().split(" ", -1);
            merges.addArray().add(pair[0]).add(pair[1]);
        }
        ((ObjectNode) root.get("model")).set("merges", merges);

        assertThat(Tokenizer.parse(root.toString()).encode(TEXT)).isEqualTo(TOKENIZER.encode(TEXT));
    }

    @Test
    void readsAddedTokensThatTheVocabularyLacks() throws IOException {
        ObjectNode root = tree();
        ((ObjectNode) root.at("/model/vocab")).remove(List.of("<|endoftext|>", "<|user|>"));

        Tokenizer again = Tokenizer.parse(root.toString());

        assertThat(again.encode(TEXT, SpecialTokens.IN_TEXT)).isEqualTo(TOKENIZER.encode(TEXT, SpecialTokens.IN_TEXT));
        assertThat(again.size()).isEqualTo(265);
    }

    @Test
    void decodesAnIdWithoutPieceToNothing() throws IOException {
        ObjectNode root = tree();
        ((ObjectNode) root.at("/model/vocab")).put("!", 900);

        Tokenizer gaps = Tokenizer.parse(root.toString());

        assertThat(gaps.size()).isEqualTo(901);
        assertThat(gaps.encode("!")).containsExactly(900);
        assertThat(gaps.decode(new int[] {900, 500, 0, 900})).isEqualTo("!!");
    }

    @Test
    void decodesAnAddedTokenToItsOwnCharacters() {
        Tokenizer accented = Tokenizer.parse(TOKENIZER.json().replace("<|user|>", "<é>"));

        assertThat(accented.decode(accented.encode("<é>é", SpecialTokens.IN_TEXT)))
                .isEqualTo("<é>é");
    }

    @ParameterizedTest(name = "{0}/{1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/model                    | type                      | `WordPiece`           | model is of type WordPiece",
                "/model                    | dropout                   | 0.1                   | model.dropout",
                "/model                    | end_of_word_suffix        | `</w>`                | model.end_of_word_suffix",
                "/pre_tokenizer            | type                      | `Whitespace`          | pre_tokenizer is of type Whitespace",
                "/decoder                  | type                      | `WordPiece`           | decoder is of type WordPiece",
                "''                        | decoder                   | null                  | decoder is absent",
                "''                        | normalizer                | {`type`:`BertNormalizer`} | normalizer is of type BertNormalizer",
                "''                        | normalizer                | {`type`:`Replace`,`pattern`:{`Regex`:`a`},`content`:``} | normalizer.pattern.String is absent",
                "''                        | pre_tokenizer             | {`type`:`Split`,`pattern`:{`Regex`:`.`},`behavior`:`Isolated`} | pre_tokenizer.pattern.Regex is not one",
                "''                        | post_processor            | {`type`:`Other`}      | post_processor is of type Other",
                "/model/vocab              | !                         | null                  | byte 0x21",
            })
    void namesWhatIsForeign(String pointer, String field, String value, String named) throws IOException {
        ObjectNode root = tree();
        ((ObjectNode) root.at(pointer)).set(field, JSON.readTree(value.replace('`', '"')));
        if (root.at("/model/vocab/!").isNull()) {
            ((ObjectNode) root.at("/model/vocab")).remove("!");
        }

        assertThatExceptionOfType(ForeignKindException.class)
                .isThrownBy(() -> recipe(root.toString()))
                .withMessageContaining(named);
    }

    @Test
    void leavesAnAddedTokenBeyondTheNextIdToTheForeign() throws IOException {
        String far =
                TOKENIZER.json().replace("\"id\":264,\"content\":\"<|user|>\"", "\"id\":300,\"content\":\"<|far|>\"");

        assertThatExceptionOfType(ForeignKindException.class)
                .isThrownBy(() -> recipe(far))
                .withMessageContaining("gives \"<|far|>\" id 300, which the format makes 265");
    }

    private static BpeRecipe recipe(String json) {
        JsonPart file = TokenizerJson.parse(json);
        TokenizerReader.requireBpe(file.part("model"));
        return BpeRecipe.read(file);
    }

    private static ObjectNode tree() throws IOException {
        return (ObjectNode) JSON.readTree(TOKENIZER.json());
    }
}
