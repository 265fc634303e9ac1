package kindling.prep.pii;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes as digits to the base 58, of which the last four are the start of a double SHA-256 of the others (Bitcoin's address format). */
final class Base58Check {
    private static final String BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
    private static final int CHECK = 4;

    private Base58Check() {}

    /** Whether this is written with Bitcoin's digits, or with Ripple's where it starts with {@code r}, and the check is right. */
    static boolean isValid(String text) {
        byte[] bytes = decode(text, text.charAt(0) == 'r' ? RIPPLE : BITCOIN);
        if (bytes.length <= CHECK) {
            return false;
        }
        byte[] payload = Arrays.copyOf(bytes, bytes.length - CHECK);
        byte[] hash = sha256(sha256(payload));
        return Arrays.equals(hash, 0, CHECK, bytes, payload.length, bytes.length);
    }

    /** Empty where a character is no digit. */
    private static byte[] decode(String text, String digits) {
        byte[] bytes = new byte[text.length()]; // big endian; 58 < 256
        int used = 0;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int carry = digits.indexOf(text.charAt(i));
            if (carry < 0) {
                return new byte[0];
            }
            zeros += carry == 0 && zeros == i ? 1 : 0;
            int place = 0;
            while (carry != 0 || place < used) {
                int at = bytes.length - 1 - place;
                carry += 58 * (bytes[at] & 0xFF);
                bytes[at] = (byte) carry;
                carry >>= 8;
                place++;
            }
            used = place;
        }
        byte[] whole = new byte[zeros + used];
        System.arraycopy(bytes, bytes.length - used, whole, zeros, used);
        return whole;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
        }
    }
}
