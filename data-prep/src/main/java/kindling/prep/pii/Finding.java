package kindling.prep.pii;

/**
 * Where personal data stands in a text, without the data itself.
 *
 * @param start first code point, counted from 0 in the original text (code points, not UTF-16 units)
 * @param end code point after the last
 * @param type such as {@code EMAIL}, as {@link Recognizer#types} has it
 * @param score 0 … 1: how sure the recognizer is
 */
public record Finding(int start, int end, String type, double score) {
    public Finding {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "a finding must have 0 <= start < end, got %d and %d".formatted(start, end));
        }
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a finding's score must be in 0 … 1, got " + score);
        }
    }
}
