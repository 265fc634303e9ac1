package kindling.prep.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GramTableTest {
    private static final double UNIT = 1 / 12.0;
    private static final int ONE = 0;
    private static final int TWO = 1;

    @Test
    void chargesEachLetterItsInformation() {
        GramTable table = table();

        double[] costs = table.costs("ab ");

        assertThat(costs[ONE]).isCloseTo(-Math.log(0.5) - Math.log(0.25), within(2 * UNIT));
    }

    @Test
    void chargesAFineOfOneNatForARunThatALanguageNeverHas() {
        GramTable table = table();

        double[] costs = table.costs("ab ");

        assertThat(costs[TWO]).isCloseTo(-Math.log(0.5) - Math.log(0.125) + 1, within(2 * UNIT));
    }

    @Test
    void chargesTheEndOfARunThatNoLanguageHas() {
        GramTable table = table();

        assertThat(table.costs("aab ")[ONE] - table.costs("aa ")[ONE]).isCloseTo(-Math.log(0.25), within(2 * UNIT));
    }

    @Test
    void beginsAnewAfterABlank() {
        GramTable table = table();

        assertThat(table.costs("ab ab ")[ONE]).isCloseTo(2 * table.costs("ab ")[ONE], within(1e-9));
    }

    @Test
    void chargesALetterThatNobodyHasToAllAlike() {
        double[] costs = table().costs("z ");

        assertThat(costs[ONE]).isEqualTo(costs[TWO]).isEqualTo(15);
    }

    @Test
    void findsEveryGramOfMany() {
        GramTable table = new GramTable(List.of("xx"), 2);
        for (char c = 'a'; c < 'a' + 3000; c++) {
            table.put(c, 0, 0.5);
            table.put((long) c << 16 | c, 0, 0.25);
        }
        table.complete();

        for (char c = 'a'; c < 'a' + 3000; c++) {
            assertThat(table.costs("" + c + c)[0]).isCloseTo(-Math.log(0.5) - Math.log(0.25), within(2 * UNIT));
        }
    }

    /** Both languages have a half of the time; b follows a in the first one every fourth time. */
    private static GramTable table() {
        GramTable table = new GramTable(List.of("xx", "yy"), 3);
        table.put('a', ONE, 0.5);
        table.put('a', TWO, 0.5);
        table.put('b', TWO, 0.125);
        table.put((long) 'a' << 16 | 'b', ONE, 0.25);
        table.put((long) 'a' << 16 | 'a', ONE, 0.5);
        table.complete();
        return table;
    }
}
