package kindling.prep.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was trained here, in Hugging Face's library. */
class TrainedTokenizerTest {
    @ParameterizedTest(name = "{0}, NFC {1}")
    @CsvSource({"gpt2, false", "gpt2, true", "cl100k, false", "qwen2, true", "o200k, false"})
    void hasTheSameIdsInHuggingFacesLibrary(String pattern, boolean nfc) throws IOException {
        Tokenizer tokenizer = trained(new TextCut(pattern, nfc));
        Random random = new Random(8);

        try (HuggingFaceTokenizer library = library(tokenizer)) {
            for (int n = 0; n < 300; n++) {
                String text = RandomText.of(random, 60);

                assertThat(tokenizer.encode(text)).isEqualTo(ids(library, text));
            }
            assertThat(ids(library, "<|endoftext|>")).containsExactly(tokenizer.endOfText());
        }
    }

    private static Tokenizer trained(TextCut cut) {
        WordCounts counts = new WordCounts();
        Random random = new Random(2);
        for (int n = 0; n < 200; n++) {
            counts.addWords(RandomText.of(random, 100), cut);
        }
        return BpeTrainer.train(counts, 600, cut, BpeTrainer.SPECIAL_TOKENS, merges -> {});
    }

    private static HuggingFaceTokenizer library(Tokenizer tokenizer) throws IOException {
        System.setProperty("ai.djl.offline", "true");
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(tokenizer.json().getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false"));
    }

    private static int[] ids(HuggingFaceTokenizer library, String text) {
        return Arrays.stream(library.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
