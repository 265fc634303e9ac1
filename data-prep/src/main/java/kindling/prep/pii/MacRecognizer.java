package kindling.prep.pii;

import java.util.Set;

/**
 * Hardware addresses of network devices, EUI-48 (IEEE 802): six pairs of hexadecimal digits with colons or dashes, or three groups of four with
 * dots. The address of nobody (all zeros) and that of everybody (all ones) are no personal data.
 */
final class MacRecognizer implements Recognizer {
    static final String TYPE = "MAC";

    private static final int DIGITS = 12;
    private static final double SURE = 0.8;
    private static final double WITH_CONTEXT = 1.0;
    private static final Set<String> WORDS = Set.of(
            "mac",
            "ethernet",
            "hardware",
            "address",
            "bluetooth",
            "wifi",
            "bssid",
            "device",
            "interface",
            "ether",
            "lan",
            "hwaddr");

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int group = c == ':' || c == '-' ? 2 : c == '.' ? 4 : 0;
            int end = group > 0 ? addressEnd(text, i - group, group) : i;
            if (end > i) {
                boolean named = Context.before(text, i - group, 4, WORDS);
                found.add(TYPE, i - group, end, named ? WITH_CONTEXT : SURE);
                i = end;
            } else {
                i++;
            }
        }
    }

    @Override
    public String canonical(String value) {
        return hexDigits(value).toString();
    }

    /** The end of the address that starts here with groups of this many digits, or -1. */
    private static int addressEnd(String text, int start, int group) {
        int length = DIGITS + DIGITS / group - 1;
        if (start < 0 || start + length > text.length()) {
            return -1;
        }
        char separator = text.charAt(start + group);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(start + i);
            boolean right = i % (group + 1) == group ? c == separator : Character.digit(c, 16) >= 0 && c < 'g';
            if (!right) {
                return -1;
            }
        }
        int end = start + length;
        boolean whole = !joins(text, start - 1, separator, start - 2) && !joins(text, end, separator, end + 1);
        return whole && isOfDevice(text.substring(start, end)) ? end : -1;
    }

    private static boolean joins(String text, int i, char separator, int beyond) {
        boolean separated = i >= 0 && i < text.length() && text.charAt(i) == separator;
        return Context.isWordAt(text, i) || (separated && Context.isWordAt(text, beyond));
    }

    private static boolean isOfDevice(String address) {
        String digits = hexDigits(address).toString();
        return !digits.equals("0".repeat(DIGITS)) && !digits.equals("f".repeat(DIGITS));
    }

    private static StringBuilder hexDigits(String address) {
        StringBuilder digits = new StringBuilder(DIGITS);
        for (int i = 0; i < address.length(); i++) {
            int digit = Character.digit(address.charAt(i), 16);
            if (digit >= 0) {
                digits.append(Character.forDigit(digit, 16));
            }
        }
        return digits;
    }
}
