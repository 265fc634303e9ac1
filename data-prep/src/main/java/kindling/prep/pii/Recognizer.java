package kindling.prep.pii;

import java.util.List;

/**
 * Finds one type of personal data: a pattern proposes, a checksum or a number plan decides, and the words around it raise or lower the score.
 *
 * <p>Implementations take time linear in the text's length on any text, and are safe for use by many threads.
 */
public interface Recognizer {
    /** Takes what a recognizer finds. */
    @FunctionalInterface
    interface Found {
        /** A span {@code [start, end)} in UTF-16 units of the text, with a score of 0 … 1. */
        void add(int start, int end, double score);
    }

    /** The type as findings name it, upper case. */
    String type();

    /** Hands over every span of this type, from left to right. */
    void find(String text, Found found);

    /** What two spellings of the same value have in common; keyed replacements are computed from it. */
    default String canonical(String value) {
        return value;
    }

    /** Every recognizer there is: one file, one line. */
    static List<Recognizer> all(List<String> phoneRegions) {
        return List.of(
                new EmailRecognizer(),
                new PhoneRecognizer(phoneRegions),
                new IpRecognizer(),
                new CreditCardRecognizer(),
                new IbanRecognizer());
    }
}
