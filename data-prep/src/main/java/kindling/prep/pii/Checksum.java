package kindling.prep.pii;

/**
 * The check digits that several numbering systems share. A value holds ASCII digits only, in the order in which they are written, with the check
 * digit last, unless a method says otherwise.
 */
final class Checksum {
    /** Multiplication of the dihedral group D5, {@code VERHOEFF_PRODUCT[a][b]}. */
    private static final String[] VERHOEFF_PRODUCT = {
        "0123456789",
        "1234067895",
        "2340178956",
        "3401289567",
        "4012395678",
        "5987604321",
        "6598710432",
        "7659821043",
        "8765932104",
        "9876543210"
    };
    /** What stands for a digit at a position, counted from the right modulo 8. */
    private static final String[] VERHOEFF_PERMUTATION = {
        "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"
    };

    private Checksum() {}

    static int digit(CharSequence digits, int i) {
        return digits.charAt(i) - '0';
    }

    /** The digits of {@code [from, to)} as a number of at most nine digits. */
    static int number(CharSequence digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    /** The sum of each digit from {@code from} on times its weight; as many digits as there are weights. */
    static int weighted(CharSequence digits, int from, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * digit(digits, from + i);
        }
        return sum;
    }

    /** ISO/IEC 7812-1, annex B: every second digit from the right is doubled, the digit sum ends in 0. */
    static boolean luhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** The remainder of a number of any length. */
    static int modulo(CharSequence digits, int divisor) {
        int remainder = 0;
        for (int i = 0; i < digits.length(); i++) {
            remainder = (remainder * 10 + digit(digits, i)) % divisor;
        }
        return remainder;
    }

    /** ISO/IEC 7064, MOD 11,10 (hybrid system). */
    static boolean mod11And10(CharSequence digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (product + digit(digits, i)) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (product + digit(digits, digits.length() - 1)) % 10 == 1;
    }

    /** ISO/IEC 7064, MOD 11-2: the last character may be an {@code X} for ten. */
    static boolean mod11And2(CharSequence digits) {
        int product = 0;
        for (int i = 0; i < digits.length() - 1; i++) {
            product = 2 * (product + digit(digits, i)) % 11;
        }
        char last = digits.charAt(digits.length() - 1);
        return (product + (last == 'X' ? 10 : last - '0')) % 11 == 1;
    }

    /** J. Verhoeff, "Error detecting decimal codes", Mathematical Centre Tracts 29, 1969. */
    static boolean verhoeff(CharSequence digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            int permuted = VERHOEFF_PERMUTATION[i % 8].charAt(digit) - '0';
            check = VERHOEFF_PRODUCT[check].charAt(permuted) - '0';
        }
        return check == 0;
    }

    /**
     * ICAO Doc 9303, part 3, 4.9: weights 7, 3, 1 on digits, letters as 10 … 35 and {@code <} as 0.
     *
     * @return the check digit of {@code [from, to)}
     */
    static int documentDigit(CharSequence characters, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            char c = characters.charAt(i);
            int weight = (i - from) % 3 == 0 ? 7 : (i - from) % 3 == 1 ? 3 : 1;
            sum += weight * (c == '<' ? 0 : Character.digit(c, 36));
        }
        return sum % 10;
    }

    /** Whether all digits are the same: such numbers pass many tests and are given to nobody. */
    static boolean isOneDigitOnly(CharSequence digits) {
        for (int i = 1; i < digits.length(); i++) {
            if (digits.charAt(i) != digits.charAt(0)) {
                return false;
            }
        }
        return true;
    }
}
