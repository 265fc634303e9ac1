package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;
import java.util.Set;

/** Numbers of Canada and Mexico. */
final class NorthAmericanNumbers {
    private static final String MEXICAN_ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    private static final Set<String> MEXICAN_STATES =
            Set.of("AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE"
                    .split(" ", -1));

    private NorthAmericanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of(
                                "CA_SIN",
                                NorthAmericanNumbers::isSocialInsurance,
                                "sin nas social insurance assurance sociale")
                        .written(IN_FIELD, "999 999 999", "999-999-999")
                        .written(NEEDS_CONTEXT, "999999999"),
                IdNumber.of("MX_CURP", NorthAmericanNumbers::isPopulation, "curp clave población")
                        .written(SURE, "AAAA999999AAAAAA99", "AAAA999999AAAAAAA9"));
    }

    /** Luhn; no number starts with 8 (Service Canada; 0 is used for made-up examples). */
    private static boolean isSocialInsurance(String digits) {
        return digits.charAt(0) != '8' && Checksum.luhn(digits) && !Checksum.isOneDigitOnly(digits);
    }

    /** Birthday, sex, state and check digit (Registro Nacional de Población, Instructivo normativo, Diario Oficial 18-10-2021). */
    private static boolean isPopulation(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += MEXICAN_ALPHABET.indexOf(number.charAt(i)) * (18 - i);
        }
        return DayOfBirth.isYearMonthDay(number, 4)
                && "HMX".indexOf(number.charAt(10)) >= 0
                && MEXICAN_STATES.contains(number.substring(11, 13))
                && (10 - sum % 10) % 10 == Checksum.digit(number, 17);
    }
}
