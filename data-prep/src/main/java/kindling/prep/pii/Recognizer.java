package kindling.prep.pii;

import java.util.List;
import java.util.Set;

/**
 * Finds one type of personal data, or several that are told apart in one pass: a pattern proposes, a checksum or a number plan decides, and the words around it raise or lower the score.
 *
 * <p>Implementations take time linear in the text's length on any text, and are safe for use by many threads.
 */
public interface Recognizer {
    /** Takes what a recognizer finds. */
    @FunctionalInterface
    interface Found {
        /** A span {@code [start, end)} of a type, in UTF-16 units of the text, with a score of 0 … 1. */
        void add(String type, int start, int end, double score);
    }

    /** The types that it finds, as findings name them: upper case. */
    Set<String> types();

    /** Whether it is only asked when its types, or all, are wanted: what is no pattern costs precision and time. */
    default boolean isOptional() {
        return false;
    }

    /** Hands over every span, those of one type from left to right. */
    void find(String text, Found found);

    /** What two spellings of the same value have in common; keyed replacements are computed from it. */
    default String canonical(String value) {
        return value;
    }

    /** Every recognizer there is: one file, one line. */
    static List<Recognizer> all(RedactorConfig config) {
        return List.of(
                new EmailRecognizer(),
                new PhoneRecognizer(config.phoneRegions()),
                new VanityNumberRecognizer(),
                new IpRecognizer(config.privateAddresses()),
                new CreditCardRecognizer(),
                new IbanRecognizer(),
                new UrlRecognizer(),
                new MacRecognizer(),
                new CryptoRecognizer(),
                new PrivateKeyRecognizer(),
                new ApiKeyRecognizer(),
                new BirthDateRecognizer(),
                new DocumentRecognizer(),
                new MachineReadableZoneRecognizer(),
                new IdNumberRecognizer(),
                new NameRecognizer(),
                new DateRecognizer());
    }
}
