package kindling.prep.names;

/**
 * A run of tokens [start, end) that may be a name.
 *
 * @param from the first token with the titles in front: "Dr. Jane Roe" starts from "Dr"
 * @param partners whether it is a firm named after three partners, which no other evidence can change
 */
record Chunk(int from, int start, int end, boolean partners) {
    boolean hasTitle() {
        return from < start;
    }
}
