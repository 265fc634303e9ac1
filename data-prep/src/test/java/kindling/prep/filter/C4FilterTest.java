package kindling.prep.filter;

import static kindling.prep.filter.Samples.GOOD;
import static kindling.prep.filter.Samples.judge;
import static org.assertj.core.api.Assertions.assertThat;

import kindling.prep.Verdict;
import org.junit.jupiter.api.Test;

class C4FilterTest {
    private final Filter filter = new C4Filter();

    @Test
    void keepsPlainProse() {
        assertThat(judge(filter, GOOD)).isEqualTo(Verdict.KEEP);
    }

    @Test
    void dropsCurlyBrackets() {
        assertThat(judge(filter, GOOD + "{"))
                .isEqualTo(Verdict.drop("c4_curly_bracket", "at character " + GOOD.length()));
    }

    @Test
    void dropsPlaceholderText() {
        assertThat(judge(filter, GOOD + "Lorem Ipsum dolor"))
                .isEqualTo(Verdict.drop("c4_lorem_ipsum", "placeholder text"));
    }

    @Test
    void dropsTextsOfTwoSentences() {
        assertThat(judge(filter, "It costs 3.50 today. \"Really?\" And so on"))
                .isEqualTo(Verdict.drop("c4_sentences", "2 < 3"));
    }

    @Test
    void countsSentencesWithoutSpacesBetweenThem() {
        assertThat(judge(filter, "水。茶！飲む？")).isEqualTo(Verdict.KEEP);
    }
}
