package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;

import java.util.List;

/** Numbers of India, Israel, Singapore and Thailand. */
final class SouthAsianNumbers {
    private SouthAsianNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("IN_AADHAAR", SouthAsianNumbers::isAadhaar, "aadhaar aadhar uidai uid आधार")
                        .written(IN_FIELD, "9999 9999 9999", "9999-9999-9999")
                        .written(NEEDS_CONTEXT, "999999999999"),
                IdNumber.of("IN_PAN", SouthAsianNumbers::isIndianTaxpayer, "pan permanent account income tax")
                        .written(LIKELY, "AAAAA9999A"),
                IdNumber.of("IN_VOTER", number -> true, "voter epic election elector")
                        .written(NEEDS_CONTEXT, "AAA9999999"),
                IdNumber.of("SG_NRIC", SouthAsianNumbers::isSingaporean, "nric fin identity singapore ic")
                        .written(LIKELY, "A9999999A"),
                IdNumber.of("TH_ID", SouthAsianNumbers::isThai, "thai thailand citizen บัตรประชาชน เลขประจำตัวประชาชน")
                        .written(LIKELY, "9-9999-99999-99-9", "9 9999 99999 99 9")
                        .written(NEEDS_CONTEXT, "9999999999999"),
                IdNumber.of("IL_ID", Checksum::luhn, "teudat zehut israeli israel זהות")
                        .written(NEEDS_CONTEXT, "999999999"));
    }

    /** Verhoeff's digit; 0 and 1 start no number (UIDAI, "UID numbering scheme", 2010). */
    private static boolean isAadhaar(String digits) {
        return digits.charAt(0) >= '2' && Checksum.verhoeff(digits) && !Checksum.isOneDigitOnly(digits);
    }

    /** The fourth letter is the kind of holder (Income Tax Department, structure of PAN). */
    private static boolean isIndianTaxpayer(String number) {
        return "ABCFGHJLPTKE".indexOf(number.charAt(3)) >= 0 && !number.startsWith("0000", 5);
    }

    /** Weights 2, 7, 6, 5, 4, 3, 2 and a letter by series (Immigration &amp; Checkpoints Authority; series M since 2022). */
    private static boolean isSingaporean(String number) {
        char series = number.charAt(0);
        int offset = series == 'T' || series == 'G' ? 4 : series == 'M' ? 3 : 0;
        String letters = switch (series) {
            case 'S', 'T' -> "JZIHGFEDCBA";
            case 'F', 'G' -> "XWUTRQPNMLK";
            case 'M' -> "XWUTRQPNJLK";
            default -> "           ";
        };
        int remainder = (offset + Checksum.weighted(number, 1, 2, 7, 6, 5, 4, 3, 2)) % 11;
        return number.charAt(8) == letters.charAt(remainder);
    }

    /** Weights 13 to 2 modulo 11 (กรมการปกครอง). */
    private static boolean isThai(String digits) {
        int sum = Checksum.weighted(digits, 0, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        return digits.charAt(0) != '0' && (11 - sum % 11) % 10 == Checksum.digit(digits, 12);
    }
}
