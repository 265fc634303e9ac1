package kindling.model.generate;

import java.util.Optional;

/** What its caller knows about a text in the making: which ids may follow, and when it is over before its end id. */
public interface Guide {
    /** Any id may follow, and only the end id or the greatest length is the end. */
    Guide FREE = new Guide() {};

    /**
     * The only ids that may follow.
     *
     * @param written what was written so far, without the prompt
     * @return empty: any may
     */
    default Optional<int[]> next(int[] written) {
        return Optional.empty();
    }

    /**
     * Whether nothing more is to be written.
     *
     * @param written what was written so far, without the prompt, at least one id
     */
    default boolean isOver(int[] written) {
        return false;
    }
}
