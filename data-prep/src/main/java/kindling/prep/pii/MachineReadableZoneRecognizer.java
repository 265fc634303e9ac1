package kindling.prep.pii;

import java.util.Set;

/**
 * The lines at the foot of a passport (two of 44 characters) or identity card (two of 36, or three of 30), by the check digits of document number,
 * birthday and expiry (ICAO Doc 9303, parts 4 to 6). A line above that belongs to it is part of the span, for it holds the name.
 */
final class MachineReadableZoneRecognizer implements Recognizer {
    static final String TYPE = "PASSPORT";

    private static final double SURE = 1.0;
    /** Widths of the lines, passport, larger and smaller card. */
    private static final int PASSPORT = 44;

    private static final int LARGE_CARD = 36;
    private static final int SMALL_CARD = 30;

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        LongRuns.find(text, SMALL_CARD, MachineReadableZoneRecognizer::isOfZone, (start, end) -> {
            if (end - start == SMALL_CARD) {
                smallCard(text, start, end, found);
            } else if (end - start == PASSPORT || end - start == LARGE_CARD) {
                String line = text.substring(start, end);
                if (isChecked(line, 0, 9) && isChecked(line, 13, 6) && isChecked(line, 21, 6)) {
                    found.add(TYPE, lineAbove(text, start, end - start), end, SURE);
                }
            }
        });
    }

    /** Document number on the first line, birthday and expiry on the second, the name on the third. */
    private static void smallCard(String text, int start, int end, Found found) {
        int above = lineAbove(text, start, SMALL_CARD);
        boolean dates = isChecked(text.substring(start, end), 0, 6) && isChecked(text.substring(start, end), 8, 6);
        if (above < start && dates && isChecked(text.substring(above, above + SMALL_CARD), 5, 9)) {
            int below = end + (text.startsWith("\r\n", end) ? 2 : 1);
            found.add(TYPE, above, isLine(text, below, SMALL_CARD) ? below + SMALL_CARD : end, SURE);
        }
    }

    /** Where a line of the same width starts right above; {@code start} where none does. */
    private static int lineAbove(String text, int start, int width) {
        int end = start - 1;
        if (end < 0 || text.charAt(end) != '\n') {
            return start;
        }
        end -= end > 0 && text.charAt(end - 1) == '\r' ? 1 : 0;
        return isLine(text, end - width, width) ? end - width : start;
    }

    private static boolean isLine(String text, int start, int width) {
        return start >= 0
                && start + width <= text.length()
                && text.substring(start, start + width).chars().allMatch(MachineReadableZoneRecognizer::isOfZone);
    }

    private static boolean isOfZone(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<';
    }

    /** Whether so many characters from {@code at} on are followed by their check digit. */
    private static boolean isChecked(String line, int at, int length) {
        int check = line.charAt(at + length) - '0';
        return line.charAt(at) != '<' && check == Checksum.documentDigit(line, at, at + length);
    }
}
