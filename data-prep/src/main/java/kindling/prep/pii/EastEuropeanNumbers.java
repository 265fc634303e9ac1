package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;

/** Numbers of Bulgaria, Croatia, Czechia and Slovakia, Poland, Romania and Russia. */
final class EastEuropeanNumbers {
    private EastEuropeanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("PL_PESEL", EastEuropeanNumbers::isPolish, "pesel ewidencyjny")
                        .written(IN_FIELD, "99999999999"),
                IdNumber.of("CZ_RODNE_CISLO", EastEuropeanNumbers::isCzech, "rodné číslo rč rodne cislo")
                        .written(LIKELY, "999999/9999")
                        .written(NEEDS_CONTEXT, "9999999999"),
                IdNumber.of("RO_CNP", EastEuropeanNumbers::isRomanian, "cnp cod numeric personal")
                        .written(IN_FIELD, "9999999999999"),
                IdNumber.of("BG_EGN", EastEuropeanNumbers::isBulgarian, "егн egn")
                        .written(NEEDS_CONTEXT, "9999999999"),
                IdNumber.of("HR_OIB", Checksum::mod11And10, "oib osobni identifikacijski")
                        .written(NEEDS_CONTEXT, "99999999999"),
                IdNumber.of("RU_SNILS", EastEuropeanNumbers::isRussianPension, "снилс snils")
                        .written(SURE, "999-999-999 99", "999-999-999-99")
                        .written(NEEDS_CONTEXT, "99999999999"),
                IdNumber.of("RU_INN", EastEuropeanNumbers::isRussianTax, "инн inn")
                        .written(NEEDS_CONTEXT, "999999999999"));
    }

    /** Birthday, the century added to the month, and weights 1, 3, 7, 9 (Ustawa o ewidencji ludności, art. 15; gov.pl, "Czym jest numer PESEL"). */
    private static boolean isPolish(String digits) {
        int month = DayOfBirth.pair(digits, 2) % 20;
        return DayOfBirth.isDay(DayOfBirth.pair(digits, 0), month, DayOfBirth.pair(digits, 4))
                && Checksum.weighted(digits, 0, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    /** Birthday, 50 added to the month of women and 20 where numbers ran out, divisible by 11 (zákon č. 133/2000 Sb., § 13). */
    private static boolean isCzech(String digits) {
        int month = DayOfBirth.pair(digits, 2) % 50;
        boolean divisible = Checksum.modulo(digits, 11) == 0
                || (Checksum.modulo(digits.substring(0, 9), 11) == 10 && digits.charAt(9) == '0');
        return divisible
                && DayOfBirth.isDay(
                        DayOfBirth.pair(digits, 0), month > 20 ? month - 20 : month, DayOfBirth.pair(digits, 4));
    }

    /** Sex and century, birthday, county, serial, check digit with weights 279146358279 modulo 11 (Legea 105/1996, OUG 97/2005). */
    private static boolean isRomanian(String digits) {
        int county = Checksum.number(digits, 7, 9);
        int check = Checksum.weighted(digits, 0, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return digits.charAt(0) != '0'
                && DayOfBirth.isYearMonthDay(digits, 1)
                && county >= 1
                && county <= 52
                && (check == 10 ? 1 : check) == Checksum.digit(digits, 12);
    }

    /** Birthday, 20 or 40 added to the month for other centuries, weights of powers of two modulo 11 (ГРАО, единен граждански номер). */
    private static boolean isBulgarian(String digits) {
        int month = DayOfBirth.pair(digits, 2);
        return month < 53
                && DayOfBirth.isDay(DayOfBirth.pair(digits, 0), month % 20, DayOfBirth.pair(digits, 4))
                && Checksum.weighted(digits, 0, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == Checksum.digit(digits, 9);
    }

    /** Weights 9 to 1 modulo 101 (Пенсионный фонд, страховой номер индивидуального лицевого счёта). */
    private static boolean isRussianPension(String digits) {
        int check = Checksum.weighted(digits, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100;
        return check == Checksum.number(digits, 9, 11) && !Checksum.isOneDigitOnly(digits);
    }

    /** Two check digits modulo 11 (ФНС, приказ ММВ-7-6/435). */
    private static boolean isRussianTax(String digits) {
        int first = Checksum.weighted(digits, 0, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10;
        int second = Checksum.weighted(digits, 0, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10;
        return first == Checksum.digit(digits, 10)
                && second == Checksum.digit(digits, 11)
                && !Checksum.isOneDigitOnly(digits);
    }
}
