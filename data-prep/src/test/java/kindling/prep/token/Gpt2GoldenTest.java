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

/** GPT-2's own vocabulary against ids from Hugging Face tokenizers and from jtokkit. */
class Gpt2GoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** {@code "quoted ""field""" or plain field} , {@code "[ids]"}. */
    private static final Pattern CSV_ROW = Pattern.compile(
            "(?:\"((?:[^\"]|\"\")*+)\"|([^,\"\\n]*+)),\"\\[([0-9, ]*+)\\]\",\"\\[[0-9, ]*+\\]\"\\r?\\n?");

    @Test
    void givesTheIdsOfHuggingFace() throws IOException {
        Path golden = SharedData.file("tokenizer/golden.gpt2.jsonl");
        Tokenizer gpt2 = gpt2();

        for (String line : Files.readAllLines(golden)) {
            JsonNode row = JSON.readTree(line);
            String text = row.get("text").asText();
            int[] ids = ints(row.has("ids_plain") ? row.get("ids_plain") : row.get("ids"));

            assertThat(gpt2.encode(text))
                    .as("row %s, %s", row.get("id"), row.get("kind"))
                    .isEqualTo(ids);
            assertThat(gpt2.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void givesTheIdsOfJtokkit() throws IOException {
        String csv = Files.readString(SharedData.file("tokenizer/r50k_base_encodings.csv"));
        Tokenizer gpt2 = gpt2();
        Matcher row = CSV_ROW.matcher(csv).region(csv.indexOf('\n') + 1, csv.length());

        int rows = 0;
        for (; row.lookingAt(); rows++, row.region(row.end(), csv.length())) {
            String text = row.group(1) == null ? row.group(2) : row.group(1).replace("\"\"", "\"");
            int[] ids = Arrays.stream(row.group(3).split(", "))
                    .mapToInt(Integer::parseInt)
                    .toArray();

            assertThat(gpt2.encode(text)).as(text).isEqualTo(ids);
        }
        assertThat(row.hitEnd()).isTrue();
        assertThat(rows).isGreaterThan(400);
    }

    @Test
    void givesTheSameIdsAfterWritingAndReading() throws IOException {
        Tokenizer gpt2 = gpt2();
        Tokenizer again = Tokenizer.parse(gpt2.json());
        String text = Files.readString(SharedData.file("tokenizer/golden.gpt2.jsonl"));

        assertThat(again.encode(text)).isEqualTo(gpt2.encode(text));
        assertThat(List.of(again.size(), again.endOfText())).containsExactly(50_257, 50_256);
    }

    private static Tokenizer gpt2() throws IOException {
        return Tokenizer.parse(Files.readString(SharedData.file("tokenizer/gpt2.tokenizer.json")));
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
