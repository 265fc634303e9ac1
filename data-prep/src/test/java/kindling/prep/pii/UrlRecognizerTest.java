package kindling.prep.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRecognizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "see https://www.example.org/.         | https://www.example.org/",
                "http://example.webcam                 | http://example.webcam",
                "HTTPS://Example.ORG/Path              | HTTPS://Example.ORG/Path",
                "ftp://ftp.example.org/pub;type=i ok   | ftp://ftp.example.org/pub;type=i",
                "ws://example.org:9000/socket          | ws://example.org:9000/socket",
                "s3://bucket/key                       | s3://bucket/key",
                "http://localhost:8080/x               | http://localhost:8080/x",
                "http://[2001:db8::1]:80/              | http://[2001:db8::1]:80/",
                "https://müller.example/straße         | https://müller.example/straße",
                "(http://example.org/a_(b))            | http://example.org/a_(b)",
                "[text](https://example.org/b)!        | https://example.org/b",
                "<a href='http://example.org'>         | http://example.org",
                "href=\"http://example.org/x\"         | http://example.org/x",
                "http://example.org/?q=a&amp;b=2&quot; | http://example.org/?q=a&amp;b=2",
                "网站http://example.org/b，谢谢          | http://example.org/b",
                "Is it http://example.org/x?           | http://example.org/x",
                "www.example.xyz.                      | www.example.xyz",
                "WWW.EXAMPLE.COM                       | WWW.EXAMPLE.COM",
                "at example.com, and                   | example.com",
                "example.com.It is                     | example.com",
                "Example.com's shop                    | Example.com",
                "example.com:8080/x                    | example.com:8080/x",
                "example.github.io                     | example.github.io",
                "example.co.il                         | example.co.il",
                "//cdn.example.net/x.js                | cdn.example.net/x.js",
                "website: foo.io                       | foo.io",
                "foo.io/bar                            | foo.io/bar",
                "пример.рф                             | пример.рф",
            })
    void findsAddresses(String text, String address) {
        assertThat(Findings.in(text, "URL")).containsExactly("URL:" + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "end.It is",
                "the end.it was",
                "java.io",
                "commons.io",
                "readme.md",
                "foo.py",
                "lib.rs",
                "Main.java",
                "node.js",
                "obj.name = 3",
                "model.to(x)",
                "self.net",
                "java.util.List",
                "com.google.common",
                "ASP.NET",
                "e.g. i.e. U.S.A.",
                "p.m.it",
                "1.2.3",
                "3.14",
                "http://example",
                "www.example",
                "a...com",
                "-.com",
                "src/foo.com",
                "jane@example.com",
                "john.doe@example.com",
                "mailto:jane@example.com",
                "git@example.com:foo/bar.git",
                "w.w.w",
                "no.no",
            })
    void passesOverWhatOnlyLooksLikeOne(String text) {
        assertThat(Findings.in(text, "URL")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://jane:secret@example.org/x,                  1.0",
        "https://example.org/?a=1&access_token=x1y2,         1.0",
        "https://example.org/#id_token=x1y2,                 1.0",
        "https://example.org/?X-Amz-Signature=0a1b,          1.0",
        "https://example.org/?api_key=0a1b,                  1.0",
        "https://example.org/?PHPSESSID=0a1b,                1.0",
        "www.example.org/?password=0a1b,                     1.0",
        "https://jane@example.org/x,                         0.6",
        "https://example.org/?token=,                        0.6",
        "https://example.org/?monkey=1&keyword=x,            0.6",
        "https://example.org/token/x,                        0.6",
        "www.example.org,                                    0.6",
        "example.org,                                        0.5",
    })
    void isSurestOfAddressesWithSecrets(String text, double expected) {
        List<Double> scores = new ArrayList<>();

        new UrlRecognizer().find(text, (type, start, end, score) -> scores.add(score));

        assertThat(scores).containsExactly(expected);
    }
}
