package kindling.jobs.examples;

/** What became of a row that a model is to be taught with. */
public sealed interface Taught {
    /**
     * A lesson that fits the model's context.
     *
     * @param cut whether the end of its prompt was left out
     * @param droppedTurns of the conversation, the oldest, that were left out
     */
    record Made(Lesson lesson, boolean cut, int droppedTurns) implements Taught {}

    /**
     * No lesson.
     *
     * @param reason a constant in snake_case that can be counted
     * @param detail what is wrong, without words of the row
     */
    record Refused(String reason, String detail) implements Taught {}

    /** Refuses what is longer than a model reads. */
    static Taught tooLong(String detail) {
        return new Refused("too_long", detail);
    }
}
