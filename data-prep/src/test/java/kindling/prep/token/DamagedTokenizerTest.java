package kindling.prep.token;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kindling.prep.bpe.BpeTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files: each is refused with a message that names the part. */
class DamagedTokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = BpeTrainer.train(Map.of("hello", 3L), 260, "gpt2", List.of("<|user|>"))
            .json();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "null", "1", "{\"model\":{\"vocab\":[],\"merges\":{}}}", "\0", "{} {}"})
    void refusesWhatIsNoTokenizer(String json) {
        assertRefused(json, "");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/model/vocab                  |                       | model.vocab is missing",
                "/model/vocab                  | {}                    | model.vocab is missing or empty",
                "/model/vocab                  | [1]                   | model.vocab is missing",
                "/model/vocab/h                | -1                    | model.vocab[\"h\"] must be an id in 0 … 4194303, not -1",
                "/model/vocab/h                | 2147483647            | model.vocab[\"h\"] must be an id in 0 … 4194303, not 2147483647",
                "/model/vocab/h                | 1e99                  | model.vocab[\"h\"] must be an id",
                "/model/vocab/h                | 99999999999999999999  | model.vocab[\"h\"] must be an id",
                "/model/vocab/h                | 1.5                   | model.vocab[\"h\"] must be an id",
                "/model/vocab/h                | `7`                   | model.vocab[\"h\"] must be an id",
                "/model/vocab/h                | 0                     | gives id 0 to",
                "/model/merges                 |                       | model.merges is missing",
                "/model/merges                 | {}                    | model.merges is missing",
                "/model/merges/0               | `zz top`              | names \"zz\", which model.vocab lacks",
                "/model/merges/0               | `h o`                 | names \"ho\", which model.vocab lacks",
                "/model/merges/0               | `h`                   | model.merges [0] must be a pair",
                "/model/merges/0               | [`h`]                 | model.merges [0] must be a pair",
                "/model/merges/0               | 7                     | model.merges [0] must be a pair",
                "/model/type                   | 7                     | model.type must be a string",
                "/model/type                   | `Nonsense`            | Nonsense",
                "/model/ignore_merges          | `yes`                 | model.ignore_merges must be true or false",
                "/added_tokens                 | {}                    | added_tokens must be an array",
                "/added_tokens/0/id            | 2147483647            | added_tokens[0].id must be an id",
                "/added_tokens/0/id            | 7                     | model.vocab gives it 258",
                "/added_tokens/0/content       | ``                    | added_tokens[0] has no content",
                "/added_tokens/0/special       | 1                     | added_tokens[0].special must be true or false",
                "/added_tokens/0               | null                  | added_tokens[0].id must be an id",
                "/normalizer                   | {`type`:3}            | normalizer.type must be a string",
                "/pre_tokenizer                | []                    | pre_tokenizer.type must be a string",
                "/pre_tokenizer/use_regex      | 3                     | pre_tokenizer.use_regex must be true or false",
                "/post_processor               | {`type`:`BertProcessing`,`cls`:[`a`,1],`sep`:[`b`,99999]} | post_processor adds id 99999",
            })
    void refusesAPartThatIsDamaged(String pointer, String value, String named) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(GOOD);
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String field = pointer.substring(slash + 1);
        if (value == null) {
            ((ObjectNode) parent).remove(field);
        } else if (parent.isArray()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent)
                    .set(Integer.parseInt(field), JSON.readTree(value.replace('`', '"')));
        } else {
            ((ObjectNode) parent).set(field, JSON.readTree(value.replace('`', '"')));
        }

        assertRefused(root.toString(), named == null ? "" : named);
    }

    @Test
    void refusesPiecesMadeToCollide() {
        StringBuilder pieces = new StringBuilder();
        for (int n = 0; n < 1 << 12; n++) {
            StringBuilder piece = new StringBuilder("collide:");
            for (int bit = 0; bit < 12; bit++) {
                piece.append((n >> bit & 1) == 0 ? "Aa" : "BB"); // equal under the polynomial 31
            }
            pieces.append("\"%s\":%d,".formatted(piece, 1000 + n));
        }

        assertRefused(
                GOOD.replace("\"model\":{", "\"model\":{\"ignore_merges\":true,")
                        .replace("\"vocab\":{", "\"vocab\":{" + pieces),
                "made to collide");
    }

    @Test
    void refusesTwoPiecesOfOneName() {
        assertRefused(GOOD.replace("\"h\":", "\"i\":"), "Duplicate");
    }

    @Test
    void refusesTheSamePartTwice() {
        assertRefused(GOOD.replace("\"normalizer\":null", "\"normalizer\":null,\"normalizer\":null"), "Duplicate");
    }

    @Test
    void refusesAnAddedTokenGivenTwice() {
        assertRefused(GOOD.replace("\"content\":\"<|user|>\"", "\"content\":\"<|endoftext|>\""), "twice");
    }

    @Test
    void refusesEveryFileThatIsCutOff() {
        for (int length = 0; length < GOOD.length(); length += 37) {
            assertRefused(GOOD.substring(0, length), "");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[", "{\"a\":", "{\"type\":\"Sequence\",\"normalizers\":["})
    void refusesAbsurdNesting(String level) {
        assertRefused(GOOD.replace("\"normalizer\":null", "\"normalizer\":" + level.repeat(100_000)), "nesting");
    }

    @Test
    void refusesAnAbsurdString() {
        assertRefused(GOOD.replace("<|user|>", "x".repeat(5_000_000)), "");
    }

    @Test
    void refusesAnAbsurdNumberOfParts() {
        String many = "[],".repeat(5_000_000);

        assertRefused(GOOD.replace("\"normalizer\":null", "\"normalizer\":[" + many + "[]]"), "oken count");
    }

    @Test
    void refusesAnAbsurdlyLongFileWithoutReadingItAll(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.read(file))
                .withMessage("tokenizer.json: has more than 67108864 bytes: is this the right file?");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.read(new ByteArrayInputStream(GOOD.getBytes(UTF_16))))
                .withMessage("tokenizer.json: is not UTF-8: is the file damaged?");
    }

    private static void assertRefused(String json, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(json))
                .withMessageStartingWith("tokenizer.json: ")
                .withMessageContaining(named);
    }
}
