package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "IP: 192.168.1.1.                    | 192.168.1.1",
                "IP:192.168.1.1                      | 192.168.1.1",
                "http://10.0.0.1:8080/x              | 10.0.0.1",
                "Default 0.0.0.0                     | 0.0.0.0",
                "route 10.1.0.0/16 here              | 10.1.0.0/16",
                "Connect to [2001:db8::1]:8080       | 2001:db8::1",
                "'2001:db8::1'                       | 2001:db8::1",
                "net 2001:db8::/32                   | 2001:db8::/32",
                "::1/128                             | ::1/128",
                "at fe80::1%eth0 now                 | fe80::1%eth0",
                "::ffff:10.0.0.1                     | ::ffff:10.0.0.1",
                "0:0:0:0:0:FFFF:129.144.52.38        | 0:0:0:0:0:FFFF:129.144.52.38",
                "6e40:4041:c617:e898:c11:40d2:c669:2eb4 | 6e40:4041:c617:e898:c11:40d2:c669:2eb4",
            })
    void findsAddresses(String text, String address) {
        assertThat(Findings.in(text, "IP")).containsExactly("IP:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.256",
                "1.2.3.4.5",
                "1.2.3",
                "01.2.3.4",
                "text192.168.1.1",
                "version 1.2.3.4",
                "since 3.0.1.0",
                "Java 17.0.9.1",
                "commons-lang-3.12.0.1",
                "commons-1.2.3.4.jar",
                "v1.2.3.4",
                "see JLS 15.12.2.5",
                "§4.10.3.2",
                "0.99999",
                "MAC address aa:bb:cc:dd:ee:ff",
                "Ratio 1:2:3:4",
                "at 12:30:45",
                "fe80::1text",
                "gggg:hhhh::1234",
                "2001:db8::256.1.1.1",
                "std::vector",
                "List::add",
                "A::B",
                "::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "Port 80:443",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "IP")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.0.0/16",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.1.1",
                "172.31.255.1",
                "192.168.1.1",
                "::1",
                "fd00::1",
                "fe80::1%eth0"
            })
    void passesOverPrivateRangesWhereTheyAreSwitchedOff(String text) {
        List<String> found = new ArrayList<>();

        new IpRecognizer(false).find(text, (type, start, end, score) -> found.add(text.substring(start, end)));

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2001:db8::1", "face::1"})
    void keepsPublicAddressesWherePrivateOnesAreSwitchedOff(String text) {
        List<String> found = new ArrayList<>();

        new IpRecognizer(false).find(text, (type, start, end, score) -> found.add(text.substring(start, end)));

        assertThat(found).containsExactly(text);
    }
}
