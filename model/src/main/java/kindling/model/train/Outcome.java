package kindling.model.train;

/** What a batch did to the parameters. */
public sealed interface Outcome {

    /** They moved. */
    record Applied() implements Outcome {}

    /** Nothing was to be done: the batch had no target, or was only evaluated. */
    record Unchanged() implements Outcome {}

    /**
     * They, and the optimiser's moments, stayed as they were to the bit.
     *
     * @param reason with its numbers
     */
    record Skipped(String reason) implements Outcome {}

    /** They moved. */
    Outcome APPLIED = new Applied();

    /** Nothing was to be done. */
    Outcome UNCHANGED = new Unchanged();
}
