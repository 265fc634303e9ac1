package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyRecognizerTest {
    private static final String BODY = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp\nK06/nwoy/HU++CXqI9EdVhC";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRIVATE KEY",
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK"
            })
    void findsBlocks(String label) {
        String block = "-----BEGIN %s-----\n%s\n-----END %s-----".formatted(label, BODY, label);

        assertThat(Findings.in("key:\n" + block + "\nend", "PRIVATE_KEY")).containsExactly("PRIVATE_KEY:" + block);
    }

    @Test
    void findsBlocksInOneLine() {
        String block = "-----BEGIN PRIVATE KEY-----\\n" + BODY.replace("\n", "\\n") + "\\n-----END PRIVATE KEY-----";

        assertThat(Findings.in("{\"k\":\"" + block + "\\n\"}", "PRIVATE_KEY")).containsExactly("PRIVATE_KEY:" + block);
    }

    @Test
    void findsWhatIsLeftOfABlockThatIsCutOff() {
        String block = "-----BEGIN PRIVATE KEY-----\n" + BODY;

        assertThat(Findings.in(block, "PRIVATE_KEY")).containsExactly("PRIVATE_KEY:" + block);
        assertThat(Findings.in(block + "\n\u2026 and so on", "PRIVATE_KEY")).containsExactly("PRIVATE_KEY:" + block);
        assertThat(Findings.in(block + "\n" + block, "PRIVATE_KEY"))
                .containsExactly("PRIVATE_KEY:" + block, "PRIVATE_KEY:" + block);
    }

    @Test
    void findsFilesOfPutty() {
        String file = "PuTTY-User-Key-File-2: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n" + BODY
                + "\nPrivate-MAC: 0a1b2c3d";

        assertThat(Findings.in(file + "\nbye", "PRIVATE_KEY")).containsExactly("PRIVATE_KEY:" + file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END CERTIFICATE-----",
                "A file starts with -----BEGIN PRIVATE KEY----- or so.",
                "s = '-----BEGIN PRIVATE KEY-----'; s += encode(key.bytes()); s += '-----END PRIVATE KEY-----'",
                "-----BEGIN PRIVATE KEY",
                "PuTTY-User-Key-File-2: what is that?",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "PRIVATE_KEY")).isEmpty();
    }
}
