package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and keys are those of the specifications (BIP 32, 173, 350, EIP 55), of genesis blocks, contracts and documentation. */
class CryptoRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.                | 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "bitcoin:3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy?amount=1   | 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
                "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ   | 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
                "ripple rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh             | rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
                "tron TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t               | TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
                "doge DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L               | DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4            | BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "(bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0) |"
                        + " bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed            | 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359            | 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "wallet 0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359     | 0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
                "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8 |"
                        + " xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
            })
    void findsAddresses(String text, String address) {
        assertThat(Findings.in(text, "CRYPTO")).containsExactly("CRYPTO:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa2",
                "x1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0",
                "11111111111111111111111111111111",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed",
                "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
                "wallet 0xfb6916095ca1df60bb79ce92ce3ea74c37c5d3590",
                "",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "CRYPTO")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A12UEL5L",
                "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
                "A1LQFN3A",
                "split1checkupstagehandshakeupstreamerranterredcaperredlc445v"
            })
    void acceptsTheStringsOfTheProposals(String text) {
        assertThat(Bech32.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1G7SGD8", "x1b4n0q5v", "1nwldj5", "10a06t8", "li1dgmt3", "1qzzfhee"})
    void rejectsTheStringsOfTheProposals(String text) {
        assertThat(Bech32.isValid(text)).isFalse();
    }
}
