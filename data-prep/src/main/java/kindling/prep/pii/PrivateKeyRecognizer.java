package kindling.prep.pii;

import java.util.Set;

/**
 * Private keys in text form: blocks between {@code -----BEGIN … PRIVATE KEY-----} and {@code -----END …-----} (RFC 7468; OpenSSH; the blocks of
 * OpenPGP, RFC 9580 section 6.2), also where the end is cut off, and PuTTY's key files.
 */
final class PrivateKeyRecognizer implements Recognizer {
    static final String TYPE = "PRIVATE_KEY";

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final String PUTTY = "PuTTY-User-Key-File-";
    private static final String PUTTY_END = "Private-MAC: ";
    /** {@code ENCRYPTED PRIVATE KEY} and the like are shorter. */
    private static final int MAX_LABEL = 40;
    /** The smallest key, of a curve with 192 bits, fills more characters. */
    private static final int MIN_BODY = 32;
    /** A PuTTY file with a key of 16,384 bits is shorter. */
    private static final int MAX_PUTTY = 20_000;

    private static final double WHOLE = 1.0;
    private static final double CUT = 0.8;

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int end = block(text, begin, found);
            begin = text.indexOf(BEGIN, end);
        }
        putty(text, found);
    }

    /** From the last heading before the line that authenticates the file to the end of that line. */
    private static void putty(String text, Found found) {
        int mac = text.indexOf(PUTTY_END);
        int end = 0;
        while (mac >= 0) {
            int start = text.lastIndexOf(PUTTY, mac);
            int next = text.indexOf('\n', mac);
            int lineEnd = next < 0 ? text.length() : next;
            if (start >= end && mac - start < MAX_PUTTY) {
                found.add(TYPE, start, lineEnd, WHOLE);
            }
            end = lineEnd;
            mac = text.indexOf(PUTTY_END, end);
        }
    }

    /** Reports the block that begins here, if it is of a private key; returns where to look for the next. */
    private static int block(String text, int begin, Found found) {
        int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
        if (labelEnd < 0) {
            return text.length();
        }
        int body = labelEnd + DASHES.length();
        if (labelEnd - begin - BEGIN.length() > MAX_LABEL
                || !text.substring(begin + BEGIN.length(), labelEnd).contains("PRIVATE KEY")) {
            return labelEnd;
        }
        int next = text.indexOf(DASHES, body);
        int limit = next < 0 ? text.length() : next;
        int close = text.startsWith(DASHES + "END ", limit) ? text.indexOf(DASHES, limit + DASHES.length()) : -1;
        if (close > limit && close - limit <= 2 * MAX_LABEL && !isCode(text, body, limit)) {
            found.add(TYPE, begin, close + DASHES.length(), WHOLE);
            return close + DASHES.length();
        }
        int bodyEnd = bodyEnd(text, body, limit);
        if (bodyEnd - body >= MIN_BODY) {
            found.add(TYPE, begin, bodyEnd, CUT);
        }
        return limit;
    }

    /** Whether it is a program that writes the two lines: no key has such signs. */
    private static boolean isCode(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if ("(){}<>;".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** After the last character of base64, headers and line breaks (also written {@code \n}); lines with a space are headers or no part of it. */
    private static int bodyEnd(String text, int from, int limit) {
        int end = from;
        int i = from;
        while (i < limit) {
            char c = text.charAt(i);
            if (c < 128 && (Character.isLetterOrDigit(c) || "+/=\\".indexOf(c) >= 0)) {
                end = ++i;
            } else if (c == '\n' || c == '\r' || (c == ' ' && end == from)) {
                i++;
            } else if (c == ':' || c == ',' || c == '-' || (c == ' ' && end - from < MAX_LABEL)) {
                i++;
            } else {
                break;
            }
        }
        return end;
    }
}
