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
            boolean right = i % (group + 1) == group ? c == separator : isHex(c);
            if (!right) {
                return -1;
            }
        }
        int end = start + length;
        boolean goesOn = Context.isWordAt(text, end)
                || (end + 1 < text.length() && text.charAt(end) == separator && Context.isWordAt(text, end + 1));
        return !goesOn && !isInside(text, start, separator) && isOfDevice(text.substring(start, end)) ? end : -1;
    }

    /** Whether a word, or a group of hexadecimal digits with the separator, stands right before; {@code mac:} is no such group. */
    private static boolean isInside(String text, int start, char separator) {
        if (start == 0 || text.charAt(start - 1) != separator) {
            return Context.isWordAt(text, start - 1);
        }
        int group = start - 1;
        while (start - group <= 4 && group > 0 && isHex(text.charAt(group - 1))) {
            group--;
        }
        return group < start - 1 && (start - group > 4 || !Context.isWordAt(text, group - 1));
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
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
