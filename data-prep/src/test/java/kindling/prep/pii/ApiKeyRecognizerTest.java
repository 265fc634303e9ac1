package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No key here opens anything: bodies are pieces of one made-up string, put behind each issuer's prefix. */
class ApiKeyRecognizerTest {
    private static final String BODY = "Zq3Xv7Lm2Kd9Tb5Wn8Rc4Hf6Pg1Js0YeAuQi".repeat(3);
    private static final String HEX = "3f9a0c71d8e25b64".repeat(4);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ghp_, 36",
        "github_pat_, 82",
        "glpat-, 20",
        "xoxb-, 48",
        "sk_live_, 24",
        "rk_test_, 24",
        "AIza, 35",
        "sk-ant-, 90",
        "sk-proj-, 60",
        "sk-, 48",
        "hf_, 34",
        "npm_, 36",
        "pypi-AgE, 100",
        "sq0atp-, 22",
        "hvs., 24",
        "gsk_, 52",
    })
    void findsKeysByTheirPrefix(String prefix, int length) {
        String key = prefix + BODY.substring(0, length);

        assertThat(Findings.in("use " + key + ". Please", "API_KEY")).containsExactly("API_KEY:" + key);
        assertThat(Findings.in("x" + key, "API_KEY")).isEmpty();
        assertThat(Findings.in(prefix + "x".repeat(length), "API_KEY")).isEmpty();
        assertThat(Findings.in(prefix + BODY.substring(0, 8), "API_KEY")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"SK, 32", "AC, 32", "key-, 32", "dop_v1_, 64", "shpat_, 32", "rubygems_, 48"})
    void findsHexadecimalKeysByTheirPrefix(String prefix, int length) {
        String key = prefix + HEX.substring(0, length);

        assertThat(Findings.in("\"" + key + "\"", "API_KEY")).containsExactly("API_KEY:" + key);
        assertThat(Findings.in(key + "0", "API_KEY")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id AKIAIOSFODNN7EXAMPLE             | AKIAIOSFODNN7EXAMPLE",
                "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "password=Tr0ub4dor&user=x           | Tr0ub4dor",
                "password: 'Tr0ub4dor&3'             | Tr0ub4dor&3",
                "Passwort: geheim123.                | geheim123",
                "pwd: 'pa$$w0rd'                     | pa$$w0rd",
                "kennwort=82736450                   | 82736450",
                "DB_PASSWORD=s3cr3t-pw               | s3cr3t-pw",
                "\"api_key\": \"9f86d081884c7d65\"   | 9f86d081884c7d65",
                "client-secret => '9f86d081884c7d65' | 9f86d081884c7d65",
                "AccountKey=Eby8vdM02xNOcqFlqUwJPLlm0JGK==;x=y | Eby8vdM02xNOcqFlqUwJPLlm0JGK==",
                "Authorization: Bearer 9f86d081884c7d659a2f | 9f86d081884c7d659a2f",
                "bot 123456789:AAF9dk3LsP0qZx7Yw2Ue4Rt6Vb8Nm1Kj5Hc | 123456789:AAF9dk3LsP0qZx7Yw2Ue4Rt6Vb8Nm1Kj5Hc",
                "t=eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODB9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk |"
                        + " eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODB9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            })
    void findsSecrets(String text, String secret) {
        assertThat(Findings.in(text, "API_KEY")).containsExactly("API_KEY:" + secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPL",
                "AKIAIOSFODNN7EXAMPLES",
                "The password: swordfish",
                "password = getPassword(2)",
                "password=${DB_PASSWORD1}",
                "password: <password1>",
                "password: 8 to 20 characters",
                "password=$PASSWORD1",
                "password=a1********",
                "token: identifier2",
                "the secret: nobody had been there in 1984",
                "token = tokenizer.next_token_of_line",
                "secret=aaaaaaaaaaaaaaaa1",
                "api_key=YOUR_API_KEY_GOES_HERE",
                "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ",
                "12:30:45",
                "a disk-3X7Lm2Kd9Tb5Wn8Rc4Hf6Pg1Js0YeAuQiZv",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "API_KEY")).isEmpty();
    }
}
