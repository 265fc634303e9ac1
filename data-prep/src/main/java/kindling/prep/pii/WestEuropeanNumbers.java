package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;

/** Numbers of Austria, Belgium, France, Germany, the Netherlands and Switzerland. */
final class WestEuropeanNumbers {
    private static final String GERMAN_DOCUMENT = "CFGHJKLMNPRTVWXYZ0123456789";

    private WestEuropeanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of(
                                "DE_TAX_ID",
                                WestEuropeanNumbers::isGermanTax,
                                "steuer identifikationsnummer idnr steueridentifikationsnummer tin tax")
                        .written(LIKELY, "99999999999", "99 999 999 999"),
                IdNumber.of(
                                "DE_SOCIAL_SECURITY",
                                WestEuropeanNumbers::isGermanInsured,
                                "rentenversicherungsnummer sozialversicherungsnummer versicherungsnummer")
                        .written(SURE, "99999999A999", "99 999999 A 999"),
                IdNumber.of(
                                "DE_ID_CARD",
                                WestEuropeanNumbers::isGermanDocument,
                                "ausweis personalausweis ausweisnummer personalausweisnummer reisepass passnummer")
                        .written(NEEDS_CONTEXT, "A########9"),
                IdNumber.of(
                                "AT_SVNR",
                                WestEuropeanNumbers::isAustrian,
                                "svnr sozialversicherungsnummer versicherungsnummer sv")
                        .written(LIKELY, "9999 999999")
                        .written(NEEDS_CONTEXT, "9999999999"),
                IdNumber.of("CH_AHV", WestEuropeanNumbers::isSwiss, "ahv avs avsn sozialversicherungsnummer")
                        .written(SURE, "999.9999.9999.99")
                        .written(LIKELY, "9999999999999", "999 9999 9999 99"),
                IdNumber.of("FR_NIR", WestEuropeanNumbers::isFrench, "nir sécurité sociale insee")
                        .written(SURE, "999999A99999999", "9 99 99 99 999 999 99", "9 99 99 9A 999 999 99")
                        .written(LIKELY, "999999999999999"),
                IdNumber.of(
                                "BE_NATIONAL_NUMBER",
                                WestEuropeanNumbers::isBelgian,
                                "rijksregisternummer rijksregister insz niss registre national")
                        .written(SURE, "99.99.99-999.99")
                        .written(LIKELY, "99999999999", "999999-999-99", "999999-99999", "999999 999 99"),
                IdNumber.of("NL_BSN", WestEuropeanNumbers::isDutch, "bsn burgerservicenummer sofinummer sofi")
                        .written(LIKELY, "9999.99.999")
                        .written(NEEDS_CONTEXT, "999999999", "9999 99 999"));
    }

    /** ISO 7064 MOD 11,10; of the first ten digits one stands there twice or thrice and no other more than once (§ 139b AO; BZSt, Steuer-IdNr). */
    private static boolean isGermanTax(String digits) {
        if (digits.charAt(0) == '0' || !Checksum.mod11And10(digits)) {
            return false;
        }
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[Checksum.digit(digits, i)]++;
        }
        int repeated = 0;
        for (int count : counts) {
            repeated += count > 3 ? 2 : count > 1 ? 1 : 0;
        }
        return repeated == 1;
    }

    /** Area, birthday, initial, serial and check digit: digit sums of the products with 2, 1, 2, 5, 7, 1, 2, … (VKVV § 2, § 4). */
    private static boolean isGermanInsured(String number) {
        int letter = number.charAt(8) - 'A' + 1;
        String digits = number.substring(0, 8) + letter / 10 + letter % 10 + number.substring(9, 11);
        int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int product = weights[i] * Checksum.digit(digits, i);
            sum += product / 10 + product % 10;
        }
        return DayOfBirth.isDayMonthYear(number, 2) && sum % 10 == Checksum.digit(number, 11);
    }

    /** Letters that cannot be misread, and the check digit of ICAO Doc 9303. */
    private static boolean isGermanDocument(String number) {
        return number.chars().allMatch(c -> GERMAN_DOCUMENT.indexOf(c) >= 0)
                && Checksum.documentDigit(number, 0, 9) == Checksum.digit(number, 9);
    }

    /** Serial number, check digit, birthday; weights 3, 7, 9, 5, 8, 4, 2, 1, 6 modulo 11 (§ 31 ASVG; Dachverband). */
    private static boolean isAustrian(String digits) {
        int sum = Checksum.weighted(digits, 0, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6);
        return digits.charAt(0) != '0' && DayOfBirth.isDayMonthYear(digits, 4) && sum % 11 == Checksum.digit(digits, 3);
    }

    /** An EAN-13 of the country 756 (Zentrale Ausgleichsstelle, AHV-Nummer). */
    private static boolean isSwiss(String digits) {
        return digits.startsWith("756")
                && Checksum.weighted(digits, 0, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    /** Sex, year, month, department and key modulo 97; Corsica's 2A and 2B count as 19 and 18 (INSEE, numéro d'inscription au répertoire). */
    private static boolean isFrench(String number) {
        boolean corsican = number.charAt(5) == '2' && (number.charAt(6) == 'A' || number.charAt(6) == 'B');
        if (!corsican && !Character.isDigit(number.charAt(6))) {
            return false;
        }
        String department = number.substring(5, 7).replace("2A", "19").replace("2B", "18");
        String digits = number.substring(0, 5) + department + number.substring(7, 13);
        int month = Checksum.number(number, 3, 5);
        boolean born = (month >= 1 && month <= 12) || month == 20 || (month >= 30 && month <= 42) || month >= 50;
        return "123478".indexOf(number.charAt(0)) >= 0
                && born
                && !department.equals("00")
                && 97 - Checksum.modulo(digits, 97) == Checksum.number(number, 13, 15);
    }

    /** Birthday, serial and 97 minus the remainder, with a 2 in front since 2000; months from 20 and 40 are of bis numbers (IBZ, Rijksregister). */
    private static boolean isBelgian(String digits) {
        String body = digits.substring(0, 9);
        int check = Checksum.number(digits, 9, 11);
        return DayOfBirth.isDay(DayOfBirth.pair(digits, 0), DayOfBirth.pair(digits, 2) % 20, DayOfBirth.pair(digits, 4))
                && DayOfBirth.pair(digits, 2) < 53
                && (97 - Checksum.modulo(body, 97) == check || 97 - Checksum.modulo("2" + body, 97) == check);
    }

    /** The test of eleven with weights 9 to 2 and −1 (Rijksdienst voor Identiteitsgegevens, Logisch ontwerp BSN). */
    private static boolean isDutch(String digits) {
        return Checksum.weighted(digits, 0, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0 && !Checksum.isOneDigitOnly(digits);
    }
}
