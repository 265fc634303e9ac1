package kindling.model.generate;

/**
 * The work on one prompt: one or more hypotheses that grow by one id at a time.
 *
 * <p>W live hypotheses, V vocabulary size.
 */
sealed interface Search permits Continuation, BeamSearch {
    /** The search that a decoding asks for. */
    static Search start(Sequence prompt, long seed, Decoding decoding, Scores scores) {
        return decoding.method().equals(Decoding.BEAM)
                ? new BeamSearch(prompt, decoding, scores)
                : new Continuation(prompt, seed, decoding, scores);
    }

    /** W: how many hypotheses are live, the same at every step; 0 when the search is over. */
    int live();

    /** A live hypothesis. */
    Sequence sequence(int hypothesis);

    /**
     * Lengthens the live hypotheses, or ends the search.
     *
     * @param logits (W, V) after the last id of each live hypothesis
     * @return for each hypothesis that is live now, which of those before it continues
     */
    int[] advance(float[][] logits);

    /** The result, once the search is over. */
    Completion completion();
}
