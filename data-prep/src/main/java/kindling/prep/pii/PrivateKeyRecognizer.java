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
        int putty = text.indexOf(PUTTY);
        while (putty >= 0) {
            int end = puttyEnd(text, putty);
            found.add(TYPE, putty, end, WHOLE);
            putty = text.indexOf(PUTTY, end);
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
        boolean whole = next >= 0 && text.startsWith(DASHES + "END ", next);
        int close = whole ? text.indexOf(DASHES, next + DASHES.length()) : -1;
        int bodyEnd = bodyEnd(text, body, next < 0 ? text.length() : next);
        if (close > next && close - next <= 2 * MAX_LABEL) {
            found.add(TYPE, begin, close + DASHES.length(), WHOLE);
            return close + DASHES.length();
        }
        if (bodyEnd - body >= MIN_BODY) {
            found.add(TYPE, begin, bodyEnd, CUT);
        }
        return next < 0 ? text.length() : next;
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

    /** After the line that authenticates the file, or after the few lines that are left of it. */
    private static int puttyEnd(String text, int start) {
        int limit = Math.min(text.length(), start + MAX_PUTTY);
        int mac = text.substring(start, limit).indexOf(PUTTY_END);
        int last = mac < 0 ? start : start + mac + PUTTY_END.length();
        int lineEnd = text.indexOf('\n', last);
        return lineEnd < 0 ? text.length() : lineEnd;
    }
}
