package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every kind that ours does, against Hugging Face's own library. */
class TokenizerKindsTest {
    static Set<String> kinds() {
        return Kinds.ALL.keySet();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                        "gpt2",
                        "normalized",
                        "added tokens",
                        "llama2 with added tokens",
                        "unknown apart",
                        "metaspace words")
                .flatMap(kind -> Stream.of("a", " ", "😀", "▁", "é", "\n", "[R] ", "<tool")
                        .map(unit -> Arguments.of(kind, unit)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void givesTheIdsAndTheTextOfHuggingFace(String kind) throws IOException {
        Tokenizer tokenizer = Tokenizer.parse(Kinds.json(kind));
        Oracle oracle = new Oracle(Kinds.json(kind));
        RandomText texts = new RandomText(kind.hashCode());

        assertThat(tokenizer).isInstanceOf(BpeTokenizer.class);
        for (int i = 0; i < 1_000; i++) {
            String text = i == 0 ? "" : i == 1 ? Kinds.SAMPLE : texts.next();
            int[] ids = tokenizer.encode(text, SpecialTokens.IN_TEXT);

            assertThat(ids).as(text).isEqualTo(oracle.encode(text, SpecialTokens.IN_TEXT));
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(oracle.encode(text));
            assertThat(tokenizer.encode(text, SpecialTokens.AROUND_TEXT))
                    .as(text)
                    .isEqualTo(oracle.encode(text, SpecialTokens.AROUND_TEXT));
            assertThat(tokenizer.decode(ids)).isEqualTo(oracle.decode(ids, false));
            assertThat(tokenizer.decode(ids, true)).isEqualTo(oracle.decode(ids, true));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void decodesIdByIdWhatItDecodesAtOnce(String kind) {
        Tokenizer tokenizer = Tokenizer.parse(Kinds.json(kind));
        RandomText texts = new RandomText(kind.hashCode());

        for (int i = 0; i < 500; i++) {
            int[] ids = tokenizer.encode(texts.next(), SpecialTokens.IN_TEXT);
            TokenDecoder decoder = tokenizer.decoder(i % 2 == 0);
            StringBuilder text = new StringBuilder();
            for (int id : ids) {
                String more = decoder.add(id);
                assertThat(more.isEmpty() || !Character.isHighSurrogate(more.charAt(more.length() - 1)))
                        .isTrue();
                text.append(more);
            }

            assertThat(text.append(decoder.end())).hasToString(tokenizer.decode(ids, i % 2 == 0));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostile")
    void encodesAMegabyteOfOneThingInSeconds(String kind, String unit) {
        Tokenizer tokenizer = Tokenizer.parse(Kinds.json(kind));
        String text = unit.repeat(1_000_000 / unit.length());

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> tokenizer.encode(text, SpecialTokens.IN_TEXT));
    }
}
