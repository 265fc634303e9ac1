package kindling.prep.token;

/**
 * Ids to text as they come, for output that is shown while it is written. What {@link #add} and {@link #end} return, joined, is what
 * {@link Tokenizer#decode(int[], boolean)} makes of all ids together; a character whose bytes are spread over several ids comes out whole, with
 * the last of them. For one sequence and one thread.
 */
public interface TokenDecoder {
    /**
     * The text that has become certain with this id; may be empty.
     *
     * @throws IllegalArgumentException for an id outside 0 … size − 1
     */
    String add(int id);

    /** What was held back: U+FFFD for a character whose last bytes never came. Nothing may be added afterwards. */
    String end();
}
