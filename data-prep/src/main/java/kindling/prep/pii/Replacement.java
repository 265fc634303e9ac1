package kindling.prep.pii;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is written in the place of a value: made from HMAC-SHA256 (RFC 2104) of type and canonical value where the operator is keyed. */
final class Replacement {
    private static final String HMAC = "HmacSHA256";

    private final Operator operator;
    private final byte[] key;

    Replacement(Operator operator, byte[] key) {
        this.operator = operator;
        this.key = key.clone();
    }

    /** @param canonical what all spellings of the value have in common */
    String of(String type, String canonical, String value) {
        return switch (operator) {
            case TAG -> "<" + type + ">";
            case MASK -> "*".repeat(Math.max(Placeholders.LEAST_STARS, value.codePointCount(0, value.length())));
            case HASH ->
                "<%s:%s>"
                        .formatted(
                                type,
                                HexFormat.of().formatHex(mac(type, canonical)).substring(0, Placeholders.HASH_DIGITS));
            case PSEUDONYM -> Pseudonym.of(type, value, mac(type, canonical));
            case DROP -> value;
        };
    }

    /** Whether a value is a pseudonym, which stays as it is. */
    boolean isSettled(String type, String value) {
        return operator == Operator.PSEUDONYM && Pseudonym.isFictitious(type, value);
    }

    private byte[] mac(String type, String canonical) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal((type + '\0' + canonical).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + HMAC + ", which every one must have", e);
        }
    }
}
