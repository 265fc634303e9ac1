package kindling.prep.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SerbianLatinTest {
    private static final double UNIT = 1 / 12.0;

    @Test
    void aLetterForALetter() {
        SerbianLatin serbian = new SerbianLatin();
        serbian.add('д', 0.5);
        serbian.add('а', 0.5);
        serbian.add((long) 'д' << 16 | 'а', 0.75);

        assertThat(latin(serbian).costs("da ")[0]).isCloseTo(-Math.log(0.5) - Math.log(0.75), within(2 * UNIT));
    }

    @Test
    void oneCyrillicLetterCanBeTwoLatinOnes() {
        SerbianLatin serbian = new SerbianLatin();
        serbian.add('а', 0.5);
        serbian.add('њ', 0.25);
        serbian.add('н', 0.25);
        serbian.add((long) 'њ' << 16 | 'а', 1);

        GramTable table = latin(serbian);

        // "n" is half of all letters, of "н" or "њ"; a half of these goes on with "j", and "nj" always with "a"
        assertThat(table.costs("nja ")[0]).isCloseTo(-Math.log(0.5) - Math.log(0.5), within(3 * UNIT));
    }

    @Test
    void leavesOutLettersThatAreNotSerbian() {
        SerbianLatin serbian = new SerbianLatin();
        serbian.add('щ', 0.5);

        assertThat(latin(serbian).costs("š ")[0]).isEqualTo(15);
    }

    private static GramTable latin(SerbianLatin serbian) {
        GramTable table = new GramTable(List.of("sr"), 3);
        serbian.putInto(table, 0, 3);
        table.complete();
        return table;
    }
}
