package kindling.prep.pii;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kindling.prep.pii.Redactor.Operator;

/** What is written in the place of a value: HMAC-SHA256 (RFC 2104) of type and canonical value where the operator is keyed. */
final class Replacement {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_DIGITS = 16;
    /** 48 bits: two of a million different values share a name with a chance of 1 in 560. */
    private static final int PSEUDONYM_DIGITS = 12;

    private final Operator operator;
    private final byte[] key;

    Replacement(Operator operator, byte[] key) {
        boolean keyed = operator == Operator.HASH || operator == Operator.PSEUDONYM;
        if (keyed && key.length == 0) {
            throw new IllegalArgumentException(
                    "operator %s needs a key of at least one byte, got none: give a key file".formatted(operator));
        }
        this.operator = operator;
        this.key = key.clone();
    }

    /** @param canonical what all spellings of the value have in common */
    String of(String type, String canonical, String value) {
        return switch (operator) {
            case TAG -> "[" + type + "]";
            case MASK -> "*".repeat(value.codePointCount(0, value.length()));
            case HASH -> "[" + type + ":" + hex(type, canonical).substring(0, HASH_DIGITS) + "]";
            case PSEUDONYM -> type + "_" + hex(type, canonical).substring(0, PSEUDONYM_DIGITS);
        };
    }

    private String hex(String type, String canonical) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            String message = type + '\0' + canonical;
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + HMAC + ", which every one must have", e);
        }
    }
}
