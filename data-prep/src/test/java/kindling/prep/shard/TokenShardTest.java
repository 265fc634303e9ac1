package kindling.prep.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
    void readsIdsBack(int bytesPerId) {
        int[] ids = {0, 1, 255, 256, 32_768, 65_535};

        byte[] bytes = TokenShard.bytes(ids, bytesPerId);

        assertThat(bytes).hasSize(ids.length * bytesPerId);
        assertThat(TokenShard.ids(bytes, bytesPerId)).isEqualTo(ids);
    }

    @Test
    void takesTwoBytesUpTo65536Ids() {
        assertThat(TokenShard.bytesPerId(65_536)).isEqualTo(2);
        assertThat(TokenShard.bytesPerId(65_537)).isEqualTo(4);
    }

    @Test
    void refusesAnIdThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenShard.bytes(new int[] {1, 65_536}, 2))
                .withMessage("id must fit in 2 unsigned bytes, got 65536");
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
