package kindling.prep.pii;

import java.util.List;

/**
 * A secret behind its name: {@code password = "Tr0ub4dor&3"}, {@code "api_key": "9f86d081884c7d65"}, {@code Authorization: Bearer …}. What stands
 * there must not be code, a placeholder or a plain word.
 */
final class SecretAssignment {
    /** What a name ends with, without signs. */
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

    private static final int MAX_VALUE = 256;
    private static final int MIN_PASSWORD = 6;
    private static final int MIN_KEY = 16;
    /** Bits per character; English words of such a length have fewer, sixteen random hexadecimal digits about 3.3. */
    private static final double MIN_ENTROPY = 2.8;

    /** What code, templates and placeholders have, and keys have not. */
    private static final String CODE = "(){}[]<>";

    /** Takes where the value stands. */
    @FunctionalInterface
    interface Value {
        void at(int start, int end);
    }

    private SecretAssignment() {}

    /** Looks at both sides of a {@code =} or {@code :}; returns the end of the value, or {@code sign} where there is none. */
    static int find(String text, int sign, Value value) {
        int nameEnd = nameEnd(text, sign);
        boolean password = isNamed(text, nameEnd, PASSWORDS);
        if (!password && !isNamed(text, nameEnd, KEYS)) {
            return sign;
        }
        int start = valueStart(text, sign + 1);
        int end = valueEnd(text, start);
        boolean pseudonym = text.startsWith(ApiKeyRecognizer.TYPE, start);
        boolean sized = end - start >= (password ? MIN_PASSWORD : MIN_KEY) && end - start < MAX_VALUE;
        String candidate = sized && !pseudonym ? text.substring(start, end) : "";
        boolean secret = password ? isPassword(candidate) : isKey(candidate);
        if (secret) {
            value.at(start, end);
        }
        return secret ? end : sign;
    }

    /** Back over the few quotes and spaces between a name and the sign. */
    private static int nameEnd(String text, int sign) {
        int end = sign;
        while (end > 0 && sign - end < 4 && " \"'\t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isNamed(String text, int nameEnd, List<String> names) {
        for (String name : names) {
            if (endsWith(text, nameEnd, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the identifier that ends here ends with this name; {@code _ - .} and case do not count. */
    private static boolean endsWith(String text, int end, String name) {
        int i = end - 1;
        int left = name.length() - 1;
        while (i >= 0 && left >= 0) {
            char c = text.charAt(i--);
            if (Character.toLowerCase(c) == name.charAt(left)) {
                left--;
            } else if (left == name.length() - 1 || "_-.".indexOf(c) < 0) {
                return false;
            }
        }
        return left < 0;
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
                && (quote != 0 || !partsParameters(text, end))) {
            end++;
        }
        boolean stop = end > start && quote == 0 && ".:!?".indexOf(text.charAt(end - 1)) >= 0;
        return stop ? end - 1 : end;
    }

    /** A {@code =} inside an unquoted value starts the next one, at its end it fills up base64. */
    private static boolean partsParameters(String text, int i) {
        char c = text.charAt(i);
        return "&;,\"'`".indexOf(c) >= 0 || (c == '=' && Context.isWordAt(text, i + 1));
    }

    /** At least one digit: a bare word after "password:" is part of a sentence. */
    private static boolean isPassword(String value) {
        return value.chars().anyMatch(Character::isDigit)
                && value.chars().distinct().count() > 4
                && !isCode(value);
    }

    private static boolean isKey(String value) {
        return value.chars().anyMatch(Character::isDigit)
                && value.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "+/=_-.~".indexOf(c) >= 0))
                && entropy(value) >= MIN_ENTROPY;
    }

    private static boolean isCode(String value) {
        return value.chars().anyMatch(c -> CODE.indexOf(c) >= 0)
                || value.contains("://")
                || value.contains("**")
                || value.startsWith("$")
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
