package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;
import java.util.Set;

/** Numbers of Argentina, Brazil and Chile. */
final class SouthAmericanNumbers {
    private static final Set<String> ARGENTINE_KINDS = Set.of("20", "23", "24", "25", "26", "27", "30", "33", "34");

    private SouthAmericanNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("BR_CPF", SouthAmericanNumbers::isBrazilianPerson, "cpf contribuinte pessoa")
                        .written(SURE, "999.999.999-99")
                        .written(LIKELY, "999999999-99")
                        .written(NEEDS_CONTEXT, "99999999999"),
                IdNumber.of("BR_CNPJ", SouthAmericanNumbers::isBrazilianCompany, "cnpj empresa inscrição")
                        .written(SURE, "99.999.999/9999-99")
                        .written(NEEDS_CONTEXT, "99999999999999"),
                IdNumber.of("AR_CUIT", SouthAmericanNumbers::isArgentine, "cuit cuil cdi afip")
                        .written(LIKELY, "99-99999999-9")
                        .written(NEEDS_CONTEXT, "99999999999"),
                IdNumber.of("CL_RUT", SouthAmericanNumbers::isChilean, "rut run rol")
                        .written(LIKELY, "9.999.999-9", "9.999.999-A", "99.999.999-9", "99.999.999-A")
                        .written(NEEDS_CONTEXT, "9999999-9", "9999999-A", "99999999-9", "99999999-A"));
    }

    /** Two check digits modulo 11 (Receita Federal, Cadastro de Pessoas Físicas). */
    private static boolean isBrazilianPerson(String digits) {
        return brazilianDigit(Checksum.weighted(digits, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == Checksum.digit(digits, 9)
                && brazilianDigit(Checksum.weighted(digits, 0, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2))
                        == Checksum.digit(digits, 10)
                && !Checksum.isOneDigitOnly(digits);
    }

    /** Two check digits modulo 11 (Receita Federal, Cadastro Nacional da Pessoa Jurídica). */
    private static boolean isBrazilianCompany(String digits) {
        return brazilianDigit(Checksum.weighted(digits, 0, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
                        == Checksum.digit(digits, 12)
                && brazilianDigit(Checksum.weighted(digits, 0, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
                        == Checksum.digit(digits, 13)
                && !Checksum.isOneDigitOnly(digits);
    }

    private static int brazilianDigit(int sum) {
        return sum % 11 < 2 ? 0 : 11 - sum % 11;
    }

    /** Kind of taxpayer, weights 5 to 2 and 7 to 2 modulo 11 (AFIP, Clave Única de Identificación Tributaria). */
    private static boolean isArgentine(String digits) {
        int check = (11 - Checksum.weighted(digits, 0, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return ARGENTINE_KINDS.contains(digits.substring(0, 2)) && check == Checksum.digit(digits, 10);
    }

    /** Weights 2 to 7 from the right, again and again, modulo 11; K is ten (Servicio de Registro Civil, Rol Único Nacional). */
    private static boolean isChilean(String number) {
        int last = number.length() - 1;
        int sum = 0;
        for (int i = 0; i < last; i++) {
            sum += Checksum.digit(number, last - 1 - i) * (2 + i % 6);
        }
        int check = (11 - sum % 11) % 11;
        return number.charAt(last) == (check == 10 ? 'K' : '0' + check);
    }
}
