package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routing numbers are those of Federal Reserve banks, provider numbers the example of the standard; the others follow the published rules. */
class AmericanNumbersTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "US_SSN            | My SSN: 212-55-4321.                     | 212-55-4321",
                "US_SSN            | x 212 55 4321 y                          | 212 55 4321",
                "US_SSN            | 212.55.4321                              | 212.55.4321",
                "US_SSN            | social security number is 212554321      | 212554321",
                "US_SSN            | SSN 212-554321                           | 212-554321",
                "US_SSN            | (899-99-9999)                            | 899-99-9999",
                "US_SSN            | Sozial- 212‑55‑4321                      | 212‑55‑4321",
                "US_SSN            | Your SSN (e.g. 123-45-6789)              | 123-45-6789",
                "US_ITIN           | 912-70-1234                              | 912-70-1234",
                "US_ITIN           | ITIN 912651234                           | 912651234",
                "ABA               | 011000015                                | 011000015",
                "ABA               | routing number 021001208, thanks         | 021001208",
                "ABA               | pay to 0210-0120-8                       | 0210-0120-8",
                "US_NPI            | NPI 1234567893                           | 1234567893",
                "US_NPI            | seen by 1234-567-893                     | 1234-567-893",
                "US_NPI            | 1234567893                               | 1234567893",
                "US_MBI            | 1EG4-TE5-MK73                            | 1EG4-TE5-MK73",
                "US_MBI            | Medicare 1eg4te5mk73                     | 1eg4te5mk73",
                "MEDICAL_LICENSE   | DEA number AB1234563                     | AB1234563",
                "MEDICAL_LICENSE   | AB1234563                                | AB1234563",
                "MEDICAL_LICENSE   | DEA number F91234563                     | F91234563",
                "US_PASSPORT       | passport no. 912803456                   | 912803456",
                "US_PASSPORT       | US passport: A12803456                   | A12803456",
                "US_BANK_NUMBER    | checking account number 945456787654     | 945456787654",
                "US_BANK_NUMBER    | Kontonummer 12345678                     | 12345678",
                "US_DRIVER_LICENSE | driver's license number is H12234567     | H12234567",
                "US_DRIVER_LICENSE | driver license 12ABC34567                | 12ABC34567",
            })
    void finds(String type, String text, String number) {
        assertThat(Findings.in(text, type)).containsExactly(type + ":" + number);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "US_SSN            | 000-55-4321",
                "US_SSN            | 666-55-4321",
                "US_SSN            | 912-55-4321",
                "US_SSN            | 212-00-4321",
                "US_SSN            | 212-55-0000",
                "US_SSN            | 078-05-1120",
                "US_SSN            | 219-09-9999",
                "US_SSN            | 123-45-6789",
                "US_SSN            | 222-22-2222",
                "US_SSN            | 212-55.4321",
                "US_SSN            | 212554321",
                "US_SSN            | 212-55-43210",
                "US_SSN            | 1212-55-4321",
                "US_SSN            | 12-212-55-4321",
                "US_SSN            | 212-55-4321-1",
                "US_SSN            | a212-55-4321",
                "US_SSN            | $212 55 4321",
                "US_SSN            | 77 212 55 4321 88",
                "US_SSN            | +212 55 4321",
                "US_ITIN           | 912-89-1234",
                "US_ITIN           | 812-70-1234",
                "US_ITIN           | 912-93-1234",
                "US_ITIN           | 912701234",
                "ABA               | 011000016",
                "ABA               | routing number 421001208",
                "ABA               | it had 011000015 lines",
                "ABA               | 0210-0120-9",
                "ABA               | routing number 000000000",
                "US_NPI            | NPI 1234567892",
                "US_NPI            | NPI 3234567893",
                "US_NPI            | sent 1234567893 times",
                "US_NPI            | NPI 1111111112",
                "US_MBI            | 1EG4-TE5-MI73",
                "US_MBI            | AEG4-TE5-MK73",
                "US_MBI            | 0EG4-TE5-MK73",
                "US_MBI            | 1EG4TE5MK7",
                "MEDICAL_LICENSE   | DEA number AB1234564",
                "MEDICAL_LICENSE   | DEA number YB1234563",
                "MEDICAL_LICENSE   | part AB1234563 of the machine",
                "US_PASSPORT       | order 912803456",
                "US_PASSPORT       | passport no. 91280345",
                "US_BANK_NUMBER    | 945456787654",
                "US_BANK_NUMBER    | account 1234567",
                "US_DRIVER_LICENSE | H12234567",
                "US_DRIVER_LICENSE | license 12345678",
                "US_BANK_NUMBER    | the account was opened by 12345678 clients",
                "US_SSN            | social-likes.js?212554321",
            })
    void passesOverWhatOnlyLooksLikeOne(String type, String text) {
        assertThat(Findings.in(text, type)).isEmpty();
    }
}
