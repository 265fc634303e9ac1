package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8StreamTest {
    @Test
    void holdsACharacterBackUntilItsLastByte() {
        Utf8Stream stream = new Utf8Stream();
        byte[] smile = "😀".getBytes(StandardCharsets.UTF_8);

        assertThat(stream.add(new byte[] {'a', smile[0]})).isEqualTo("a");
        assertThat(stream.add(new byte[] {smile[1], smile[2]})).isEmpty();
        assertThat(stream.add(new byte[] {smile[3], 'b'})).isEqualTo("😀b");
        assertThat(stream.end()).isEmpty();
    }

    @Test
    void endsHalfACharacterWithTheReplacementCharacter() {
        Utf8Stream stream = new Utf8Stream();

        assertThat(stream.add(new byte[] {(byte) 0xE2, (byte) 0x82})).isEmpty();
        assertThat(stream.end()).isEqualTo("\uFFFD");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void givesWhatAllBytesTogetherGiveHoweverTheyAreSplit(long seed) {
        Random random = new Random(seed);
        byte[] likely = {
            'a',
            (byte) 0x80,
            (byte) 0xBF,
            (byte) 0xC3,
            (byte) 0xE2,
            (byte) 0xED,
            (byte) 0xA0,
            (byte) 0xF0,
            (byte) 0x9F,
            (byte) 0xFF
        };
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = likely[random.nextInt(likely.length)];
            }
            Utf8Stream stream = new Utf8Stream();
            StringBuilder text = new StringBuilder();
            for (int from = 0, to; from < bytes.length; from = to) {
                to = Math.min(bytes.length, from + 1 + random.nextInt(3));
                text.append(stream.add(Arrays.copyOfRange(bytes, from, to)));
            }

            assertThat(text.append(stream.end())).hasToString(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
