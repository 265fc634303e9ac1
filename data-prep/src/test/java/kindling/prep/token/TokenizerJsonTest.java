package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Tokenizer TOKENIZER =
            BpeTrainer.train(Map.of(" hello", 3L, "world", 2L, "\"\\\n", 1L), 265, "gpt2", List.of("<|user|>"));

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
    void readsWhatItWrites() {
        assertThat(Tokenizer.parse(TOKENIZER.json()).json()).isEqualTo(TOKENIZER.json());
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

        assertThat(Tokenizer.parse(root.toString()).json()).isEqualTo(TOKENIZER.json());
    }

    @Test
    void readsAddedTokensThatTheVocabularyLacks() throws IOException {
        ObjectNode root = tree();
        ((ObjectNode) root.at("/model/vocab")).remove(List.of("<|endoftext|>", "<|user|>"));

        assertThat(Tokenizer.parse(root.toString()).json()).isEqualTo(TOKENIZER.json());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/model                    | type                      | `WordPiece`           | model of type WordPiece",
                "/model                    | dropout                   | 0.1                   | model.dropout",
                "/model                    | ignore_merges             | true                  | model.ignore_merges",
                "/model                    | end_of_word_suffix        | `</w>`                | model.end_of_word_suffix",
                "/pre_tokenizer            | type                      | `Metaspace`           | pre_tokenizer of type Metaspace",
                "/pre_tokenizer            | add_prefix_space          | true                  | pre_tokenizer.add_prefix_space",
                "/decoder                  | type                      | `WordPiece`           | decoder of type WordPiece",
                "/added_tokens/0           | special                   | false                 | added token",
                "''                        | normalizer                | {`type`:`NFC`}        | normalizer",
                "''                        | post_processor            | {`type`:`TemplateProcessing`} | post_processor of type TemplateProcessing",
            })
    void namesWhatIsUnsupported(String pointer, String field, String value, String named) throws IOException {
        ObjectNode root = tree();
        ((ObjectNode) root.at(pointer)).set(field, JSON.readTree(value.replace('`', '"')));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(root.toString()))
                .withMessageStartingWith("tokenizer.json: ")
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"model\":{\"vocab\":[],\"merges\":{}}}"})
    void refusesWhatIsNoTokenizer(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(json))
                .withMessageStartingWith("tokenizer.json: ");
    }

    @Test
    void refusesAVocabularyWithoutAByte() throws IOException {
        String json = TOKENIZER.json().replace("\"!\":0", "\"Ġ!\":0");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(json))
                .withMessageContaining("byte 0x21");
    }

    @Test
    void refusesIdsWithGaps() throws IOException {
        String json = TOKENIZER.json().replace("\"!\":0", "\"!\":900");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(json))
                .withMessageContaining("id 900 of !");
    }

    @Test
    void refusesAMergeOfUnknownPieces() throws IOException {
        ObjectNode root = tree();
        ((ArrayNode) root.at("/model/merges")).add("zz top");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(root.toString()))
                .withMessageContaining("zz");
    }

    private static ObjectNode tree() throws IOException {
        return (ObjectNode) JSON.readTree(TOKENIZER.json());
    }
}
