package kindling.prep.pii;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Keccak256Test {
    /** The first two are known answers of the competition's submission, the third starts as Ethereum's ABI names that function. */
    @ParameterizedTest
    @CsvSource({
        "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
        "'transfer(address,uint256)', a9059cbb",
    })
    void hashesAsPublished(String message, String hash) {
        assertThat(HexFormat.of().formatHex(Keccak256.of(message.getBytes(US_ASCII))))
                .startsWith(hash);
    }

    @Test
    void isSha3WithThePaddingOfTheLaterStandard() throws Exception {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);

            byte[] hash = Keccak256.of(message, (byte) 0x06);

            assertThat(hash).isEqualTo(MessageDigest.getInstance("SHA3-256").digest(message));
        }
    }
}
