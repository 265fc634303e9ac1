package kindling.prep.filter;

import java.util.List;
import kindling.prep.Document;
import kindling.prep.Verdict;

/** Texts for rules to judge. */
final class Samples {
    /** 71 words in six sentences and two paragraphs, none of them twice. */
    static final String GOOD = """
            The kettle stood on the stove for a long time before anybody noticed that it had begun to sing. Outside,
            rain ran down the windows of the little kitchen. Nobody was in a hurry to leave.

            Anna took two cups from their shelf and poured the water with care. Her brother asked whether there was
            any honey left. There was not, so they went without it, and talked until evening.
            """;

    private Samples() {}

    static Verdict judge(RuleSet set, String text) {
        return Filter.of(List.of(set)).judge(Document.of("1", text, "a.txt")).verdict();
    }

    /** What the rule of this reason measures. */
    static double measure(RuleSet set, String reason, String text) {
        return set.everyRule()
                .filter(rule -> rule.reason().equals(reason))
                .findFirst()
                .orElseThrow()
                .measure()
                .applyAsDouble(Text.of(Document.of("1", text, "a.txt")));
    }
}
