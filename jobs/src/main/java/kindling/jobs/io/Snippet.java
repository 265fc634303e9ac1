package kindling.jobs.io;

import kindling.prep.pii.Redactor;
import kindling.prep.pii.RedactorConfig;

/** The beginning of a text, for people who look at what a job did, with all personal data that patterns find replaced. */
public final class Snippet {
    /** Code points of a text that {@link #of} wants to see. */
    static final int HEAD = 1024;

    private static final int LENGTH = 300; // characters that are shown
    // What a cut at HEAD may have halved and so hidden from the patterns: a mail address has up to 320 characters (RFC
    // 5321).
    private static final int UNSURE = 330;

    private final Redactor redactor = new Redactor(RedactorConfig.tags());

    /**
     * At most 300 characters.
     *
     * @param head the text, or at least its first 1024 code points
     */
    public String of(String head) {
        String text = redactor.redact(head).text();
        boolean whole = head.codePointCount(0, head.length()) < HEAD;
        return cut(text, Math.min(LENGTH, whole ? text.length() : text.length() - UNSURE));
    }

    private static String cut(String text, int end) {
        if (end <= 0) {
            return "";
        }
        boolean halved = end < text.length() && Character.isLowSurrogate(text.charAt(end));
        return text.substring(0, halved ? end - 1 : end);
    }
}
