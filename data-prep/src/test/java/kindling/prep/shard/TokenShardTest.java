package kindling.prep.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenShardTest {
    @Test
    void laysTheHeaderOutAsDocumented() {
        assertThat(HexFormat.of().formatHex(TokenShard.header(2, 0x0102030405L)))
                .isEqualTo("4b4e444c544f4b31" + "01000000" + "02000000" + "0504030201000000");
    }

    @Test
    void readsTheHeaderBack() {
        assertThat(TokenShard.parseHeader(TokenShard.header(4, 1L << 40)))
                .isEqualTo(new TokenShard.Header(4, 1L << 40));
    }

    @ParameterizedTest(name = "{0} bytes per id")
    @ValueSource(ints = {2, 4})
    void readsIdsBack(int bytesPerId) throws IOException {
        int[] ids = {0, 1, 255, 256, 32_768, 65_535};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TokenShard.put(ids, bytesPerId, out);

        assertThat(out.size()).isEqualTo(ids.length * bytesPerId);
        assertThat(TokenShard.ids(out.toByteArray(), bytesPerId)).isEqualTo(ids);
    }

    @Test
    void takesTwoBytesUpTo65536Ids() {
        assertThat(TokenShard.bytesPerId(65_536)).isEqualTo(2);
        assertThat(TokenShard.bytesPerId(65_537)).isEqualTo(4);
    }

    @Test
    void refusesAnIdThatDoesNotFit() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenShard.put(new int[] {1, 65_536}, 2, out))
                .withMessage("id must fit in 2 unsigned bytes, got 65536");
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesWhatIsNoShard() {
        byte[] future = TokenShard.header(2, 1);
        future[8] = 2;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenShard.parseHeader(new byte[24]))
                .withMessageContaining("KNDLTOK1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenShard.parseHeader(new byte[3]))
                .withMessageContaining("3 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenShard.parseHeader(future))
                .withMessageContaining("got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenShard.ids(new byte[3], 2))
                .withMessageContaining("3 bytes");
    }
}
