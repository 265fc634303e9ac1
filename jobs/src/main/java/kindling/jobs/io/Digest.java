package kindling.jobs.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts, in hex. */
public final class Digest {
    private final MessageDigest sha256;

    public Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public static String of(String text) {
        return new Digest().add(text).hex();
    }

    /** Of the bytes as they are, as {@code sha256sum} prints it. */
    public static String of(byte[] bytes) {
        return new Digest().add(bytes, bytes.length).hex();
    }

    /** Adds the first {@code count} bytes as they are, without a border. */
    public Digest add(byte[] bytes, int count) {
        sha256.update(bytes, 0, count);
        return this;
    }

    /** Adds a text and a border, so that ("ab", "c") and ("a", "bc") differ. */
    public Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(java.nio.ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
        return this;
    }

    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
