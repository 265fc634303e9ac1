package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole books: the ids of Hugging Face's own library, and the text again. */
class CorpusTest {
    private static final int PART = 100_000; // characters

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gpt2.tokenizer.json", "llama3.tokenizer.json.gz"})
    void givesTheIdsOfHuggingFaceOnAThirdOfTwoTexts(String vocabulary) throws IOException {
        Pair pair = new Pair(vocabulary);
        for (String file : new String[] {"lm/tinyshakespeare.txt", "lm/wikitext-2.valid.txt"}) {
            String text = Files.readString(SharedData.file(file));
            for (int from = 0; from < text.length(); from += 3 * PART) {
                pair.agreeOn(text.substring(from, Math.min(from + PART, text.length())));
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "gpt2.tokenizer.json, books.jsonl.gz",
        "gpt2.tokenizer.json, books-100mb.jsonl.gz",
        "llama3.tokenizer.json.gz, books.jsonl.gz",
        "llama3.tokenizer.json.gz, books-100mb.jsonl.gz",
    })
    void givesTheIdsOfHuggingFaceOnAllBooks(String vocabulary, String books) throws IOException {
        Pair pair = new Pair(vocabulary);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(SharedData.open(SharedData.file("lm/" + books)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                pair.agreeOn(new ObjectMapper().readTree(line).get("text").asText());
            }
        }
    }

    private record Pair(Tokenizer tokenizer, Oracle oracle) {
        Pair(String vocabulary) throws IOException {
            this(SharedData.tokenizer(vocabulary));
        }

        private Pair(Tokenizer tokenizer) throws IOException {
            this(tokenizer, new Oracle(tokenizer.json()));
        }

        void agreeOn(String text) {
            int[] ids = tokenizer.encode(text);

            assertThat(ids).isEqualTo(oracle.encode(text));
            assertThat(tokenizer.decode(ids)).isEqualTo(text);
        }
    }
}
