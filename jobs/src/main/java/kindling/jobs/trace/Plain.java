package kindling.jobs.trace;

import java.util.stream.Collectors;

/** Text of documents as a terminal may show it: without control characters, which could move the cursor or change its title. */
final class Plain {
    private Plain() {}

    /** On one line. */
    static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }

    /** The first so many characters (code points), with a mark where more follow. */
    static String head(String text, int characters) {
        return text.codePointCount(0, text.length()) > characters
                ? text.substring(0, text.offsetByCodePoints(0, characters)) + " …"
                : text;
    }

    /** Its lines, each behind a margin. */
    static String block(String text, String margin) {
        return text.lines()
                .map(line -> (margin + line.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ")).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }
}
