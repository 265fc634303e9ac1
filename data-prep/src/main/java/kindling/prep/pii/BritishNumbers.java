package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;
import java.util.Set;

/** Numbers and codes of the United Kingdom and Ireland. */
final class BritishNumbers {
    private static final Set<String> INSURANCE_PREFIXES_NOT_USED = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");

    /** Royal Mail's postcode areas, with those of Crown dependencies. */
    private static final Set<String> POSTCODE_AREAS =
            Set.of(("AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE"
                            + " DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN"
                            + " LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA"
                            + " TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE")
                    .split(" ", -1));

    private BritishNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("UK_NHS", BritishNumbers::isHealth, "nhs patient health service")
                        .written(IN_FIELD, "999 999 9999", "999-999-9999", "9999999999"),
                IdNumber.of("UK_NINO", BritishNumbers::isInsurance, "nino national insurance ni nin")
                        .written(LIKELY, "AA999999A", "AA 99 99 99 A", "AA 999999 A", "AA-99-99-99-A", "AA99 99 99A"),
                IdNumber.of("DRIVER_LICENSE", BritishNumbers::isDriver, "driving driver licence license dvla")
                        .written(SURE, driverForms()),
                IdNumber.of("UK_POSTCODE", BritishNumbers::isPostcode, "postcode postal code post address")
                        .written(IN_FIELD, "A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "AAA 9AA")
                        .written(NEEDS_CONTEXT, "AA99AA", "AA999AA", "AA9A9AA"),
                IdNumber.of("IE_PPS", BritishNumbers::isIrishService, "pps ppsn revenue psp uimhir")
                        .written(NEEDS_CONTEXT, "9999999A", "9999999AA"));
    }

    /** Weights 10 to 2 modulo 11 (NHS Data Dictionary, "NHS number"). */
    private static boolean isHealth(String digits) {
        int check = (11 - Checksum.weighted(digits, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return check == Checksum.digit(digits, 9) && !Checksum.isOneDigitOnly(digits);
    }

    /** Which letters are used (HM Revenue &amp; Customs, NIM39110). */
    private static boolean isInsurance(String number) {
        char last = number.charAt(8);
        return "DFIQUV".indexOf(number.charAt(0)) < 0
                && "DFIOQUV".indexOf(number.charAt(1)) < 0
                && !INSURANCE_PREFIXES_NOT_USED.contains(number.substring(0, 2))
                && last >= 'A'
                && last <= 'D';
    }

    /**
     * Surname filled up with nines, decade, month (50 more for women), day, year, two initials (gov.uk, INF45/1). The digit after the initials tells
     * apart whoever has the same name and birthday, the last two letters are secret.
     */
    private static boolean isDriver(String number) {
        int month = Checksum.number(number, 6, 8);
        int year = 10 * Checksum.digit(number, 5) + Checksum.digit(number, 10);
        return DayOfBirth.isDay(year, month > 50 ? month - 50 : month, Checksum.number(number, 8, 10));
    }

    private static String[] driverForms() {
        String[] surnames = {"AAAAA", "AAAA9", "AAA99", "AA999"};
        String[] initials = {"AA", "A9", "99"};
        String[] forms = new String[surnames.length * initials.length];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = surnames[i / initials.length] + "999999" + initials[i % initials.length] + "9AA";
        }
        return forms;
    }

    /** An area that there is, a district in it, and letters at the end as BS 7666 allows. */
    private static boolean isPostcode(String code) {
        int letters = FormTree.isLatin(code.charAt(1)) ? 2 : 1;
        boolean unit = code.chars().skip(code.length() - 2L).noneMatch(c -> "CIKMOV".indexOf(c) >= 0);
        boolean place = FormTree.isDigit(code.charAt(letters)) && POSTCODE_AREAS.contains(code.substring(0, letters));
        return unit && (place || code.equals("GIR0AA"));
    }

    /** Weights 8 to 2, nine times the second letter, modulo 23 (Department of Social Protection; Revenue, "PPS number check character"). */
    private static boolean isIrishService(String number) {
        int second = number.length() == 9 ? number.charAt(8) - 'A' + 1 : 0;
        int suffix = second == 'W' - 'A' + 1 ? 0 : second; // W was printed for wives and counts as nothing
        int check = (Checksum.weighted(number, 0, 8, 7, 6, 5, 4, 3, 2) + 9 * suffix) % 23;
        return number.charAt(7) == (check == 0 ? 'W' : 'A' + check - 1);
    }
}
