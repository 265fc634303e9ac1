package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;

import java.util.List;

/** Numbers of Australia, New Zealand and South Africa. */
final class SouthernNumbers {
    private SouthernNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("AU_TFN", SouthernNumbers::isTaxFile, "tfn tax file")
                        .written(NEEDS_CONTEXT, "999999999", "999 999 999", "999-999-999"),
                IdNumber.of("AU_ABN", SouthernNumbers::isBusiness, "abn business")
                        .written(LIKELY, "99 999 999 999")
                        .written(NEEDS_CONTEXT, "99999999999"),
                IdNumber.of("AU_ACN", SouthernNumbers::isCompany, "acn company")
                        .written(NEEDS_CONTEXT, "999999999", "999 999 999"),
                IdNumber.of("AU_MEDICARE", SouthernNumbers::isMedicare, "medicare irn")
                        .written(IN_FIELD, "9999 99999 9")
                        .written(NEEDS_CONTEXT, "9999999999"),
                IdNumber.of("NZ_IRD", SouthernNumbers::isInlandRevenue, "ird inland revenue")
                        .written(IN_FIELD, "99-999-999", "999-999-999")
                        .written(NEEDS_CONTEXT, "99999999", "999999999"),
                IdNumber.of("ZA_ID", SouthernNumbers::isSouthAfrican, "identity id rsa identiteitsnommer african")
                        .written(IN_FIELD, "9999999999999")
                        .written(LIKELY, "999999 9999 999", "999999 9999 99 9"));
    }

    /** Weights 1, 4, 3, 7, 5, 8, 6, 9, 10 modulo 11 (Australian Taxation Office). */
    private static boolean isTaxFile(String digits) {
        return Checksum.weighted(digits, 0, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0 && !Checksum.isOneDigitOnly(digits);
    }

    /** The first digit less one, weights 10, 1, 3, …, 19 modulo 89 (abr.business.gov.au, "Format of the ABN"). */
    private static boolean isBusiness(String digits) {
        int sum = Checksum.weighted(digits, 0, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10;
        return digits.charAt(0) != '0' && sum % 89 == 0;
    }

    /** Weights 8 to 1 modulo 10 (ASIC, "Australian Company Number digit check"). */
    private static boolean isCompany(String digits) {
        return Checksum.weighted(digits, 0, 8, 7, 6, 5, 4, 3, 2, 1, 1) % 10 == 0 && !Checksum.isOneDigitOnly(digits);
    }

    /** Starts with 2 to 6; weights 1, 3, 7, 9 modulo 10; the last digit counts cards (Services Australia). */
    private static boolean isMedicare(String digits) {
        return digits.charAt(0) >= '2'
                && digits.charAt(0) <= '6'
                && Checksum.weighted(digits, 0, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == Checksum.digit(digits, 8)
                && digits.charAt(9) != '0';
    }

    /** Weights modulo 11 in two tries, from 10 to 150 million (Inland Revenue, "Resident withholding tax specification", appendix). */
    private static boolean isInlandRevenue(String number) {
        String digits = "0".repeat(9 - number.length()) + number;
        int value = Checksum.number(digits, 0, 9);
        int first = (11 - Checksum.weighted(digits, 0, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        int check = first < 10 ? first : (11 - Checksum.weighted(digits, 0, 7, 4, 3, 2, 5, 2, 7, 6) % 11) % 11;
        return value > 10_000_000 && value < 150_000_000 && check == Checksum.digit(digits, 8);
    }

    /** Birthday, sex, citizenship and Luhn (Identification Act 68 of 1997; Department of Home Affairs). */
    private static boolean isSouthAfrican(String digits) {
        return DayOfBirth.isYearMonthDay(digits, 0) && digits.charAt(10) <= '2' && Checksum.luhn(digits);
    }
}
