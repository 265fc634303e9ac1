package kindling.prep.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void isTheFirst128BitsOfSha256OfTheNormalText() {
        // printf 'hello world' | sha256sum | cut -c1-32
        assertThat(Fingerprint.of("hello world")).isEqualTo("b94d27b9934d3e08a52e52d7da7dabfa");
    }

    @Test
    void ignoresCaseWhiteSpaceAndUnicodeForm() {
        assertThat(Fingerprint.of("  Caf\u00e9\u00a0 au\n\tLAIT ")).isEqualTo(Fingerprint.of("cafe\u0301 au lait"));
    }

    @Test
    void tellsWordsApart() {
        assertThat(Fingerprint.of("a b")).isNotEqualTo(Fingerprint.of("ab")).isNotEqualTo(Fingerprint.of("a b."));
    }
}
