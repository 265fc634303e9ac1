package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;

import java.util.List;
import java.util.Set;

/** Numbers that the United States, their banks and health insurers give out. */
final class AmericanNumbers {
    private static final String LICENSE_WORDS = "license licence licenses dl dln lic";

    /** Printed in advertisements or on sample cards, so that thousands claimed them (ssa.gov/history/ssn/misused.html). */
    private static final Set<String> MISUSED = Set.of("078051120", "219099999", "457555462");

    private AmericanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("US_SSN", AmericanNumbers::isSocialSecurity, "ssn ssns social security ss sss")
                        .written(LIKELY, "999-99-9999", "999 99 9999", "999.99.9999")
                        .written(NEEDS_CONTEXT, "999999999", "999-999999", "99999-9999"),
                IdNumber.of("US_ITIN", AmericanNumbers::isTaxpayer, "itin individual taxpayer tax tin")
                        .written(LIKELY, "999-99-9999", "999 99 9999")
                        .written(NEEDS_CONTEXT, "999999999", "999-999999", "99999-9999"),
                IdNumber.of("ABA", AmericanNumbers::isRouting, "aba routing rtn transit transfer wire bankleitzahl")
                        .written(LIKELY, "9999-9999-9")
                        .written(IN_FIELD, "999999999"),
                IdNumber.of("US_NPI", AmericanNumbers::isProvider, "npi provider prescriber physician")
                        .written(LIKELY, "9999-999-999", "9999 999 999")
                        .written(IN_FIELD, "9999999999"),
                IdNumber.of("US_MBI", AmericanNumbers::isMedicare, "mbi medicare beneficiary")
                        .written(LIKELY, "9A#9A#9AA99", "9A#9-A#9-AA99", "9A#9 A#9 AA99"),
                IdNumber.of("MEDICAL_LICENSE", AmericanNumbers::isDrugEnforcement, "dea medical license prescriber")
                        .written(IN_FIELD, "AA9999999", "A99999999"),
                IdNumber.of("US_PASSPORT", number -> true, "passport passports passeport reisepass")
                        .written(NEEDS_CONTEXT, "999999999", "A99999999"),
                IdNumber.of("US_BANK_NUMBER", number -> true, "account accounts acct konto kontonummer compte checking")
                        .written(NEEDS_CONTEXT, bankForms()),
                IdNumber.of("US_DRIVER_LICENSE", number -> true, LICENSE_WORDS).written(NEEDS_CONTEXT, licenseForms()));
    }

    /** Area, group and serial number as the Social Security Administration assigns them (ssa.gov/employer/randomization.html). */
    private static boolean isSocialSecurity(String digits) {
        int area = Checksum.number(digits, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && Checksum.number(digits, 3, 5) != 0
                && Checksum.number(digits, 5, 9) != 0
                && !MISUSED.contains(digits)
                && !Checksum.isOneDigitOnly(digits);
    }

    /** Nine, and a group as the Internal Revenue Manual 3.21.263 has them. */
    private static boolean isTaxpayer(String digits) {
        int group = Checksum.number(digits, 3, 5);
        boolean known = (group >= 50 && group <= 65)
                || (group >= 70 && group <= 88)
                || (group >= 90 && group <= 92)
                || (group >= 94 && group <= 99);
        return digits.charAt(0) == '9' && known;
    }

    /** Weights 3, 7, 1 and a Federal Reserve district (American Bankers Association, routing number policy). */
    private static boolean isRouting(String digits) {
        int district = Checksum.number(digits, 0, 2);
        boolean assigned = district <= 12
                || (district >= 21 && district <= 32)
                || (district >= 61 && district <= 72)
                || district == 80;
        return assigned
                && Checksum.weighted(digits, 0, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0
                && !Checksum.isOneDigitOnly(digits);
    }

    /** Luhn with the prefix of United States health applications (45 CFR 162.406; CMS, "Requirements for NPI and NPI check digit"). */
    private static boolean isProvider(String digits) {
        return (digits.charAt(0) == '1' || digits.charAt(0) == '2')
                && Checksum.luhn("80840" + digits)
                && !Checksum.isOneDigitOnly(digits.substring(0, 9));
    }

    /** Letters without S, L, O, I, B and Z; the first digit is no 0 (CMS, "Understanding the new Medicare Beneficiary Identifier format"). */
    private static boolean isMedicare(String number) {
        return number.charAt(0) != '0' && number.chars().noneMatch(c -> "SLOIBZ".indexOf(c) >= 0);
    }

    /** A registrant's letter and the check digit of the Drug Enforcement Administration: odd places plus twice the even places. */
    private static boolean isDrugEnforcement(String number) {
        return "ABCDEFGHJKLMPRSTUX".indexOf(number.charAt(0)) >= 0
                && Checksum.weighted(number, 2, 1, 2, 1, 2, 1, 2) % 10 == Checksum.digit(number, 8);
    }

    private static String[] bankForms() {
        String[] forms = new String[10];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = "9".repeat(8 + i);
        }
        return forms;
    }

    /** What the states and territories print (AAMVA jurisdictions' lists), from Alabama's seven digits to Wisconsin's groups. */
    private static String[] licenseForms() {
        return new String[] {
            "9999999",
            "99999999",
            "999999999",
            "9999999999",
            "999999999999",
            "A99999",
            "A999999",
            "A9999999",
            "A99999999",
            "A999999999",
            "A99999999999",
            "A999999999999",
            "A9999999999999",
            "A99999999999999",
            "AA999999",
            "AA9999999",
            "AA999999A",
            "AAA999999",
            "99AAA99999",
            "A99-99-9999",
            "999-99-9999",
            "99-999-9999",
            "99 999 999",
            "999 999 999",
            "A999-9999-9999",
            "A999-999-99-999-9",
            "A999-999-999-999",
            "A 999 999 999 999",
            "A999-9999-9999-99",
            "A9999 99999 99999",
            "9999999A",
            "99999999A",
            "999999999A",
            "999AA9999",
            "AAAAA999AA",
            "AAAAAA999AA",
            "AAAA999AAA",
        };
    }
}
