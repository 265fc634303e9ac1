package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines for machines are the specimens of ICAO Doc 9303. */
class DocumentRecognizerTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PASSPORT       | Passport No: 123456789            | 123456789",
                "PASSPORT       | my passport number is X1234567.   | X1234567",
                "PASSPORT       | Reisepassnummer C01X00T47         | C01X00T47",
                "PASSPORT       | passeport n° 12AB34567            | 12AB34567",
                "PASSPORT       | número de pasaporte es XDA123456  | XDA123456",
                "DRIVER_LICENSE | driver's license number is 2270-66-1551 | 2270-66-1551",
                "DRIVER_LICENSE | DL# S530-4600-9053               | S530-4600-9053",
                "DRIVER_LICENSE | driving licence 123456789         | 123456789",
                "DRIVER_LICENSE | Führerschein-Nr. B072RRE2I55      | B072RRE2I55",
                "DRIVER_LICENSE | permis de conduire n° 123456789012 | 123456789012",
            })
    void findsNumbersBehindTheirLabel(String type, String text, String number) {
        assertThat(Findings.in(text, type)).containsExactly(type + ":" + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passport control, gate 1234567",
                "passport 12, order 1234567",
                "passport number 12345",
                "software license 12345678",
                "license plate B1234567",
                "I lost my passport. Call 1234567",
            })
    void passesOverWhatHasAnotherLabel(String text) {
        assertThat(Findings.in(text, "PASSPORT", "DRIVER_LICENSE")).isEmpty();
    }

    @Test
    void findsTheLinesForMachinesOfAPassport() {
        String lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

        assertThat(Findings.in("scan:\n" + lines + "\nend", "PASSPORT")).containsExactly("PASSPORT:" + lines);
        assertThat(Findings.in(lines.replace('\n', ' '), "PASSPORT"))
                .containsExactly("PASSPORT:" + lines.substring(45));
        assertThat(Findings.in(lines.replace("C36", "C37"), "PASSPORT")).isEmpty();
        assertThat(Findings.in(lines + "0", "PASSPORT")).isEmpty();
    }

    @Test
    void findsTheLinesForMachinesOfIdentityCards() {
        String large = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\r\nD231458907UTO7408122F1204159<<<<<<<6";
        String small = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

        assertThat(Findings.in(large, "PASSPORT")).containsExactly("PASSPORT:" + large);
        assertThat(Findings.in(small, "PASSPORT")).containsExactly("PASSPORT:" + small);
        assertThat(Findings.in(small.replace("740812", "740813"), "PASSPORT")).isEmpty();
        assertThat(Findings.in(small.substring(31), "PASSPORT")).isEmpty();
    }
}
