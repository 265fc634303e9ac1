package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;

/** Numbers of Greece, Italy, Portugal, Spain and Turkey. */
final class SouthEuropeanNumbers {
    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String ITALIAN_MONTHS = "ABCDEHLMPRST";
    /** A digit that would make two persons the same is replaced by its letter, from the right. */
    private static final String ITALIAN_DIGITS = "LMNPQRSTUV";
    /** What a digit or letter counts at the first, third, … place. */
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private SouthEuropeanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("ES_NIF", SouthEuropeanNumbers::isSpanish, "nif dni documento identidad")
                        .written(LIKELY, "99999999A", "99999999-A", "99.999.999-A"),
                IdNumber.of("ES_NIE", SouthEuropeanNumbers::isForeignerInSpain, "nie extranjero extranjería")
                        .written(LIKELY, "A9999999A", "A-9999999-A", "A9999999-A"),
                IdNumber.of("IT_FISCAL_CODE", SouthEuropeanNumbers::isItalian, "codice fiscale cf")
                        .written(SURE, "AAAAAA##A##A###A", "AAA AAA 99A99 A999A"),
                IdNumber.of("PT_NIF", SouthEuropeanNumbers::isPortuguese, "nif contribuinte nipc fiscal")
                        .written(NEEDS_CONTEXT, "999999999", "999 999 999"),
                IdNumber.of("GR_AFM", SouthEuropeanNumbers::isGreekTax, "αφμ afm vat")
                        .written(NEEDS_CONTEXT, "999999999"),
                IdNumber.of("GR_AMKA", SouthEuropeanNumbers::isGreekSecurity, "αμκα amka")
                        .written(IN_FIELD, "99999999999"),
                IdNumber.of("TR_TCKN", SouthEuropeanNumbers::isTurkish, "kimlik tc tckn vatandaşlık")
                        .written(IN_FIELD, "99999999999"));
    }

    /** The letter of the remainder by 23 (Ministerio del Interior, Real Decreto 1553/2005). */
    private static boolean isSpanish(String number) {
        return number.charAt(8) == SPANISH_LETTERS.charAt(Checksum.number(number, 0, 8) % 23);
    }

    /** X, Y, Z count as 0, 1, 2. */
    private static boolean isForeignerInSpain(String number) {
        int first = "XYZ".indexOf(number.charAt(0));
        return first >= 0 && isSpanish(first + number.substring(1));
    }

    /** Birthday and control character (Decreto ministeriale 23 December 1976, articles 4 to 8). */
    private static boolean isItalian(String code) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Character.isDigit(code.charAt(i)) ? Checksum.digit(code, i) : code.charAt(i) - 'A';
            sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
        }
        int day = 10 * italianDigit(code.charAt(9)) + italianDigit(code.charAt(10));
        boolean born = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
        boolean digits = italianDigit(code.charAt(6)) >= 0 && italianDigit(code.charAt(7)) >= 0;
        return born && digits && ITALIAN_MONTHS.indexOf(code.charAt(8)) >= 0 && code.charAt(15) == 'A' + sum % 26;
    }

    private static int italianDigit(char c) {
        return c <= '9' ? c - '0' : ITALIAN_DIGITS.indexOf(c);
    }

    /** Weights 9 to 2 modulo 11; 4 starts no number but 45 (Decreto-Lei 14/2013). */
    private static boolean isPortuguese(String digits) {
        int check = 11 - Checksum.weighted(digits, 0, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        boolean assigned = digits.charAt(0) != '0' && (digits.charAt(0) != '4' || digits.charAt(1) == '5');
        return assigned && (check > 9 ? 0 : check) == Checksum.digit(digits, 8);
    }

    /** Powers of two modulo 11 (AADE, Αριθμός Φορολογικού Μητρώου). */
    private static boolean isGreekTax(String digits) {
        int sum = Checksum.weighted(digits, 0, 256, 128, 64, 32, 16, 8, 4, 2);
        return sum > 0 && sum % 11 % 10 == Checksum.digit(digits, 8);
    }

    /** Birthday and Luhn (law 3655/2008, article 153). */
    private static boolean isGreekSecurity(String digits) {
        return DayOfBirth.isDayMonthYear(digits, 0) && Checksum.luhn(digits);
    }

    /** Two check digits (Nüfus ve Vatandaşlık İşleri, T.C. kimlik numarası). */
    private static boolean isTurkish(String digits) {
        int tenth = Checksum.weighted(digits, 0, 7, -1, 7, -1, 7, -1, 7, -1, 7);
        int sum = Checksum.weighted(digits, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        return digits.charAt(0) != '0'
                && Math.floorMod(tenth, 10) == Checksum.digit(digits, 9)
                && sum % 10 == Checksum.digit(digits, 10);
    }
}
