package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;

/** Numbers of Denmark, Estonia, Finland, Lithuania, Norway and Sweden; all start with the birthday. */
final class NorthEuropeanNumbers {
    private static final String FINNISH_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String FINNISH_CENTURIES = "ABCDEFYXWVU";

    private NorthEuropeanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("SE_PERSONNUMMER", NorthEuropeanNumbers::isSwedish, "personnummer samordningsnummer pnr")
                        .written(SURE, "99999999-9999")
                        .written(LIKELY, "999999-9999")
                        .written(NEEDS_CONTEXT, "999999999999", "9999999999"),
                IdNumber.of("FI_HETU", NorthEuropeanNumbers::isFinnish, "hetu henkilötunnus personbeteckning")
                        .written(SURE, "999999-999#", "999999A999#"),
                IdNumber.of("NO_FODSELSNUMMER", NorthEuropeanNumbers::isNorwegian, "fødselsnummer personnummer fnr")
                        .written(LIKELY, "99999999999", "999999 99999"),
                IdNumber.of("DK_CPR", digits -> DayOfBirth.isDayMonthYear(digits, 0), "cpr personnummer cprnr")
                        .written(NEEDS_CONTEXT, "999999-9999", "9999999999", "999999 9999"),
                IdNumber.of("EE_ISIKUKOOD", NorthEuropeanNumbers::isBaltic, "isikukood ik")
                        .written(NEEDS_CONTEXT, "99999999999"),
                IdNumber.of("LT_ASMENS_KODAS", NorthEuropeanNumbers::isBaltic, "asmens kodas ak")
                        .written(NEEDS_CONTEXT, "99999999999"));
    }

    /** Birthday, for those who only stay a while with 60 added to the day, and Luhn of the last ten digits (Skatteverket, SKV 704). */
    private static boolean isSwedish(String number) {
        String digits = number.substring(number.length() - 10);
        int day = DayOfBirth.pair(digits, 4);
        boolean century = number.length() == 10 || number.startsWith("19") || number.startsWith("20");
        return century
                && DayOfBirth.isDay(DayOfBirth.pair(digits, 0), DayOfBirth.pair(digits, 2), day > 60 ? day - 60 : day)
                && Checksum.luhn(digits);
    }

    /** Birthday, sign of the century, serial, and the character of the remainder by 31 (Digi- ja väestötietovirasto, henkilötunnus). */
    private static boolean isFinnish(String number) {
        boolean signed = number.length() == 10 || FINNISH_CENTURIES.indexOf(number.charAt(6)) >= 0;
        int last = number.length() - 1;
        int value = Checksum.number(number.substring(0, 6) + number.substring(last - 3, last), 0, 9);
        return signed
                && DayOfBirth.isDayMonthYear(number, 0)
                && number.charAt(last) == FINNISH_CHARACTERS.charAt(value % 31);
    }

    /** Birthday (40 added to the day in a D number, to the month in other series) and two checks modulo 11 (Skatteetaten, forskrift § 2-2-3). */
    private static boolean isNorwegian(String digits) {
        int day = DayOfBirth.pair(digits, 0) % 40;
        int month = DayOfBirth.pair(digits, 2) % 40;
        return DayOfBirth.isDay(DayOfBirth.pair(digits, 4), month, day)
                && Checksum.weighted(digits, 0, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && Checksum.weighted(digits, 0, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    /** Century and sex, birthday, serial, check digit in two tries (EVS 585:2007; Lietuvos Respublikos gyventojų registro įstatymas). */
    private static boolean isBaltic(String digits) {
        int first = Checksum.weighted(digits, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        int check = first < 10 ? first : Checksum.weighted(digits, 0, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
        return digits.charAt(0) >= '1'
                && digits.charAt(0) <= '8'
                && DayOfBirth.isYearMonthDay(digits, 1)
                && check == Checksum.digit(digits, 10);
    }
}
