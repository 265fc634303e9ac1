package kindling.prep.pii;

import java.util.List;
import java.util.Locale;

/**
 * A secret behind its name: {@code password = "Tr0ub4dor&3"}, {@code "api_key": "9f86d081884c7d65"}, {@code Authorization: Bearer …}. What stands
 * there must not be code, a placeholder or a plain word.
 */
final class SecretAssignment {
    /** What a name ends with, without signs; longer first. */
    private static final List<String> PASSWORDS =
            List.of("password", "passwd", "passphrase", "pwd", "passwort", "kennwort", "motdepasse", "contraseña");

    private static final List<String> KEYS = List.of(
            "secret",
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "accountkey",
            "authkey",
            "encryptionkey",
            "signingkey",
            "sharedaccesskey",
            "licensekey",
            "credentials",
            "authorization",
            "bearer");

    private static final int MAX_NAME = 40;
    private static final int MAX_VALUE = 512;
    private static final int MIN_PASSWORD = 6;
    private static final int MIN_KEY = 16;
    /** Bits per character; English words of such a length have fewer, sixteen random hexadecimal digits about 3.3. */
    private static final double MIN_ENTROPY = 2.8;

    /** What code, templates and placeholders have, and keys have not. */
    private static final String CODE = "(){}[]<>*$";

    /** Takes where the value stands. */
    @FunctionalInterface
    interface Value {
        void at(int start, int end);
    }

    private SecretAssignment() {}

    /** Looks at both sides of a {@code =} or {@code :}; returns the end of the value, or {@code sign} where there is none. */
    static int find(String text, int sign, Value value) {
        String name = nameBefore(text, sign);
        boolean password = endsWithAny(name, PASSWORDS);
        if (!password && !endsWithAny(name, KEYS)) {
            return sign;
        }
        int start = valueStart(text, sign + 1);
        int end = valueEnd(text, start);
        boolean secret = password ? isPassword(text, start, end) : isKey(text, start, end);
        if (secret) {
            value.at(start, end);
        }
        return secret ? end : sign;
    }

    /** The letters and digits of the identifier before the sign, in lower case; quotes and spaces may stand between. */
    private static String nameBefore(String text, int sign) {
        int end = sign;
        while (end > 0 && sign - end < 4 && " \"'\t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        StringBuilder name = new StringBuilder(MAX_NAME);
        for (int i = end - 1; i >= 0 && end - i <= MAX_NAME; i--) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                name.append(c);
            } else if (c != '_' && c != '-' && c != '.') {
                break;
            }
        }
        return name.reverse().toString().toLowerCase(Locale.ROOT);
    }

    private static boolean endsWithAny(String name, List<String> endings) {
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** Past {@code >}, {@code =}, spaces, a quote, and the scheme of an authorization header. */
    private static int valueStart(String text, int from) {
        int start = from;
        while (start < text.length() && start - from < 4 && "=> \t\"'`".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        for (String scheme : List.of("Bearer ", "Basic ", "token ")) {
            if (text.startsWith(scheme, start)) {
                return start + scheme.length();
            }
        }
        return start;
    }

    /** Before the closing quote, a space, a line's end, or what parts parameters; a full stop at the end is the sentence's. */
    private static int valueEnd(String text, int start) {
        char quote = start > 0 && "\"'`".indexOf(text.charAt(start - 1)) >= 0 ? text.charAt(start - 1) : 0;
        int limit = Math.min(text.length(), start + MAX_VALUE);
        int end = start;
        while (end < limit
                && text.charAt(end) > ' '
                && text.charAt(end) != quote
                && !partsParameters(text.charAt(end), quote)) {
            end++;
        }
        boolean stop = end > start && quote == 0 && ".:!?".indexOf(text.charAt(end - 1)) >= 0;
        return stop ? end - 1 : end;
    }

    private static boolean partsParameters(char c, char quote) {
        return quote == 0 && "&;,\"'`".indexOf(c) >= 0;
    }

    /** Letters, and a digit or a sign; a bare word after "password:" is part of a sentence. */
    private static boolean isPassword(String text, int start, int end) {
        String value = text.substring(start, end);
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean letter = value.chars().anyMatch(Character::isLetter);
        return value.length() >= MIN_PASSWORD
                && value.length() < MAX_VALUE
                && letter
                && digit
                && !isCode(value)
                && value.chars().distinct().count() > 4;
    }

    private static boolean isKey(String text, int start, int end) {
        String value = text.substring(start, end);
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean alphabet =
                value.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "+/=_-.~".indexOf(c) >= 0));
        return value.length() >= MIN_KEY
                && value.length() < MAX_VALUE
                && digit
                && alphabet
                && entropy(value) >= MIN_ENTROPY;
    }

    private static boolean isCode(String value) {
        return value.chars().anyMatch(c -> CODE.indexOf(c) >= 0)
                || value.contains("://")
                || value.startsWith("%")
                || value.startsWith("/");
    }

    /** Of its characters, in bits per character (Shannon). */
    private static double entropy(String value) {
        int[] counts = new int[128];
        value.chars().forEach(c -> counts[c]++);
        double bits = 0;
        for (int count : counts) {
            double share = (double) count / value.length();
            bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
