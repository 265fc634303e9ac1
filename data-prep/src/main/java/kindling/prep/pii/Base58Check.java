package kindling.prep.pii;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;

/** Bytes as digits to the base 58, of which the last four are the start of a double SHA-256 of the others (Bitcoin's address format). */
final class Base58Check {
    private static final String BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
    private static final int CHECK = 4;
    /** Bytes of an address with a version of one or two bytes, a private key without and with the mark for its compressed point, an extended key. */
    private static final Set<Integer> SIZES = Set.of(25, 26, 37, 38, 82);

    private Base58Check() {}

    /** Whether this has the size of an address or key, written with Bitcoin's digits or, where it starts with {@code r}, Ripple's, and a right check. */
    static boolean isValid(String text) {
        byte[] bytes = decode(text, text.charAt(0) == 'r' ? RIPPLE : BITCOIN);
        if (!SIZES.contains(bytes.length)) {
            return false;
        }
        byte[] payload = Arrays.copyOf(bytes, bytes.length - CHECK);
        return Arrays.equals(doubleSha256(payload), 0, CHECK, bytes, payload.length, bytes.length);
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

    private static byte[] doubleSha256(byte[] bytes) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            return hash.digest(hash.digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every one must have", e);
        }
    }
}
