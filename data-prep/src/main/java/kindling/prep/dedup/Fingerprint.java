package kindling.prep.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Equal for texts that differ only in case, white space and Unicode form. */
public final class Fingerprint {
    private static final int BYTES =
            16; // 128 bits: no two of 10^12 different texts collide, but for a chance of 10^-15

    private Fingerprint() {}

    /**
     * The first 128 bits of SHA-256 over the text in normal form C and lower case, with each run of white space as one
     * space and none at the ends; 32 hexadecimal digits.
     *
     * <p>{@code of("Hello\n World ")} equals {@code of("hello world")}.
     */
    public static String of(String text) {
        byte[] digest = sha256().digest(normal(text).getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static String normal(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        char[] out = new char[lower.length()];
        int size = 0;
        boolean gap = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = size > 0;
            } else {
                if (gap) {
                    out[size++] = ' ';
                    gap = false;
                }
                out[size++] = c;
            }
        }
        return new String(out, 0, size);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
