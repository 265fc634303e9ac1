package kindling.prep.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractiveTest {
    private static final String RIVER = "My cousin likes tea. The river rose after the storm. Birds sang. The storm"
            + " flooded the river valley and the river road.";

    @Test
    void prefersTheSentenceThatSharesTheWordsOfTheText() {
        assertThat(Extractive.summarize(RIVER, 6)).isEqualTo("The river rose after the storm.");
    }

    @Test
    void keepsTheOrderOfTheTextAndAThirdOfItAtMost() {
        String text = RIVER
                + " Farmers lost a barn to the river. The road to the valley was closed. Children saw fish in the road."
                + " A baker gave them bread. The storm went on to the coast. Nobody there had heard of the river.";

        String summary = Extractive.summarize(text, 60);

        List<String> sentences = Sentences.split(summary);
        assertThat(sentences).hasSizeGreaterThan(1).isSubsetOf(Sentences.split(text));
        assertThat(sentences).isSortedAccordingTo(Comparator.comparingInt(text::indexOf));
        assertThat(Words.length(summary)).isLessThanOrEqualTo(Words.length(text) * 3 / 10);
    }

    @Test
    void leavesOutWhatWasSaid() {
        String twice = "Rain fell on the hills all night. Rain fell on the hills all night. Farmers were glad.";

        assertThat(Extractive.ranked(twice, 99))
                .containsExactly("Rain fell on the hills all night.", "Farmers were glad.");
    }

    @Test
    void prefersWhatIsToldToWhatIsAsked() {
        String dialogue = "Has the storm flooded the valley road? Yes, the storm flooded the valley road at noon.";

        assertThat(Extractive.summarize(dialogue, 20)).isEqualTo("Yes, the storm flooded the valley road at noon.");
    }

    @Test
    void cutsTheBestSentenceWhenNoneFits() {
        assertThat(Extractive.summarize("One two three four five six.", 3)).isEqualTo("One two three");
        assertThat(Extractive.summarize("明日は雨が降るでしょう。", 3)).isEqualTo("明日は");
    }

    @Test
    void isEmptyForTextWithoutWords() {
        assertThat(Extractive.summarize(" ... \n", 10)).isEmpty();
        assertThat(Extractive.lead("", 3)).isEmpty();
    }

    @Test
    void leadsWithTheFirstSentences() {
        assertThat(Extractive.lead(RIVER, 2)).isEqualTo("My cousin likes tea. The river rose after the storm.");
        assertThat(Extractive.lead(RIVER, 99)).isEqualTo(RIVER);
    }

    @Test
    void refusesToWriteNothing() {
        assertThatThrownBy(() -> Extractive.summarize(RIVER, 0)).hasMessage("maxWords must be >= 1, got 0");
        assertThatThrownBy(() -> Extractive.lead(RIVER, 0)).hasMessage("sentences must be >= 1, got 0");
    }

    @ParameterizedTest(name = "a megabyte of {0}")
    @ValueSource(strings = {"a", ".", "a. ", "a b\n", "あ", "A b. C d e? "})
    void summarizesHostileText(String pattern) {
        String text = pattern.repeat((1 << 20) / pattern.length());

        assertThat(Words.length(Extractive.summarize(text, 50))).isLessThanOrEqualTo(50);
    }
}
