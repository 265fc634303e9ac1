package kindling.prep.filter;

import java.util.List;

/** Drops scraps and dumps by their length in characters (Unicode code points). */
final class Length {
    private Length() {}

    static RuleSet rules() {
        return RuleSet.of(
                "length",
                "Kindling",
                List.of(
                        // some 30 words: less is a label, a stub or an error message
                        Rule.atLeast("length_too_short", 200, Text::characters),
                        // the longest novels have 5 million
                        Rule.atMost("length_too_long", 10_000_000, Text::characters)));
    }
}
