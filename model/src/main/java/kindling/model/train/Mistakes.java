package kindling.model.train;

import java.util.ArrayList;
import java.util.List;

/** All that is wrong with a record's values, told at once. */
final class Mistakes {

    private final List<String> mistakes = new ArrayList<>();

    /** Notes the message where the rule does not hold. NaN holds no rule. */
    Mistakes unless(boolean holds, String rule, Object value) {
        if (!holds) {
            mistakes.add(rule + ", got " + value);
        }
        return this;
    }

    /**
     * @throws IllegalArgumentException when there is any
     */
    void refuse() {
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }
}
