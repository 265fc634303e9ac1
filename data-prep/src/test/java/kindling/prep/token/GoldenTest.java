package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published vocabularies against ids from Hugging Face tokenizers and from jtokkit. */
class GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** {@code "quoted ""field""" or plain field} , {@code "[ids]"}. */
    private static final Pattern CSV_ROW = Pattern.compile(
            "(?:\"((?:[^\"]|\"\")*+)\"|([^,\"\\n]*+)),\"\\[([0-9, ]*+)\\]\",\"\\[[0-9, ]*+\\]\"\\r?\\n?");

    @ParameterizedTest(name = "{0}")
    @CsvSource({"gpt2, gpt2.tokenizer.json", "llama3, llama3.tokenizer.json.gz"})
    void givesTheIdsOfHuggingFace(String name, String file) throws IOException {
        List<String> rows = Files.readAllLines(SharedData.file("tokenizer/golden." + name + ".jsonl"));
        Tokenizer tokenizer = SharedData.tokenizer(file);

        assertThat(rows).hasSizeGreaterThan(100);
        for (String line : rows) {
            JsonNode row = JSON.readTree(line);
            String text = row.get("text").asText();
            int[] ids = ints(row.get("ids"));
            int[] plain = row.has("ids_plain") ? ints(row.get("ids_plain")) : ids;

            assertThat(tokenizer.encode(text, SpecialTokens.IN_TEXT))
                    .as("row %s, %s", row.get("id"), row.get("kind"))
                    .isEqualTo(ids);
            assertThat(tokenizer.encode(text))
                    .as("row %s, %s", row.get("id"), row.get("kind"))
                    .isEqualTo(plain);
            assertThat(tokenizer.decode(ids)).isEqualTo(text);
            assertThat(tokenizer.decode(plain)).isEqualTo(text);
        }
    }

    @Test
    void givesTheIdsOfJtokkitForGpt2() throws IOException {
        assertThatIdsAreThose(
                SharedData.file("tokenizer/r50k_base_encodings.csv"), SharedData.tokenizer("gpt2.tokenizer.json"));
    }

    @Test
    void givesTheIdsOfJtokkitForCl100k() throws IOException {
        assertThatIdsAreThose(
                SharedData.file("tokenizer/cl100k_base_encodings.csv"),
                SharedData.ranks("cl100k_base.tiktoken.gz", "cl100k"));
    }

    @Test
    void findsTheTokenThatEndsADocument() throws IOException {
        assertThat(SharedData.tokenizer("gpt2.tokenizer.json").endOfText()).isEqualTo(50_256);
        assertThat(SharedData.tokenizer("llama3.tokenizer.json.gz").endOfText()).isEqualTo(128_001);
    }

    private static void assertThatIdsAreThose(Path file, Tokenizer tokenizer) throws IOException {
        String csv = Files.readString(file);
        Matcher row = CSV_ROW.matcher(csv).region(csv.indexOf('\n') + 1, csv.length());
        int rows = 0;
        for (; row.lookingAt(); rows++, row.region(row.end(), csv.length())) {
            String text = row.group(1) == null ? row.group(2) : row.group(1).replace("\"\"", "\"");
            int[] ids = Arrays.stream(row.group(3).split(", "))
                    .mapToInt(Integer::parseInt)
                    .toArray();

            assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
        }
        assertThat(row.hitEnd()).isTrue();
        assertThat(rows).isGreaterThan(400);
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
