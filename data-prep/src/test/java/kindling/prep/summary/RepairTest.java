package kindling.prep.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairTest {
    private static final String SOURCE = "The council met on Monday. It voted to close the old bridge in May."
            + " The bridge is not safe for lorries. Drivers must take the road through Ashford.";

    @Test
    void leavesASupportedSummaryAsItIs() {
        String summary = "It voted to close the old bridge in May.";

        assertThat(Repair.of(SOURCE, summary, 0.5, 60)).isEqualTo(new Repair(summary, 1, 0));
    }

    @Test
    void putsASentenceOfTheSourceInPlaceOfAWrongOne() {
        Repair repair =
                Repair.of(SOURCE, "Fish swim in green water. It voted to close the old bridge in May.", 0.5, 60);

        assertThat(repair.kept()).isEqualTo(1);
        assertThat(repair.replaced()).isEqualTo(1);
        assertThat(repair.summary()).doesNotContain("Fish").endsWith(" It voted to close the old bridge in May.");
        assertThat(Support.of(SOURCE, repair.summary())).isEqualTo(1);
    }

    @Test
    void doesNotSayAgainWhatIsThere() {
        Repair repair = Repair.of(
                "It voted to close the old bridge in May.",
                "It voted to close the old bridge in May. Fish swim in green water.",
                0.5,
                60);

        assertThat(repair).isEqualTo(new Repair("It voted to close the old bridge in May.", 1, 1));
    }

    @Test
    void replacesWhatHasAWrongNumberHoweverMuchOfItIsKnown() {
        String source = "The firm sold 40 ships to three buyers in the spring of 2019.";

        assertThat(Repair.of(source, "The firm sold 90 ships to three buyers in the spring of 2019.", 0.5, 60)
                        .kept())
                .isZero();
    }
}
