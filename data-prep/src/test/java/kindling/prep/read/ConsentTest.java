package kindling.prep.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import kindling.prep.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentTest {
    private static final Consent ALL = new Consent(Set.copyOf(Consent.SIGNALS), Set.of(), Set.of());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    <meta name=robots content="noindex, nofollow">     | consent_robots
                    <meta name=ROBOTS content=NONE>                    | consent_robots
                    <meta name=googlebot content=noindex>              | consent_robots
                    <meta name=robots content="index,noai">            | consent_noai
                    <meta name=robots content="noimageai">             | consent_noai
                    <meta name=tdm-reservation content=1>              | consent_tdm
                    """)
    void dropsPagesThatAskForItWhereAsked(String head, String reason) {
        byte[] page = (head + "<p>Hot.").getBytes(UTF_8);

        assertThat(Collected.from("a.html", page, ReadOptions.defaults().withConsent(ALL))
                        .reasons())
                .containsExactly(reason);
        assertThat(Collected.from("a.html", page).documents).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <meta name=robots content="index, nofollow, max-snippet:-1">
                    <meta name=description content="noindex none noai">
                    <meta name=tdm-reservation content=0>
                    <p>noindex</p>
                    """)
    void keepsPagesThatAskForNothing(String head) {
        byte[] page = (head + "<p>Hot.").getBytes(UTF_8);

        assertThat(Collected.from("a.html", page, ReadOptions.defaults().withConsent(ALL)).documents)
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    noindex                                  | consent_robots
                    googlebot: noindex, nofollow             | consent_robots
                    unavailable_after: 25 Jun 2010, NoAI     | consent_noai
                    """)
    void readsTheServersHeaders(String header, String reason) {
        WebResponse response = new WebResponse("", "", "", List.of("nofollow", header), "");

        assertThatThrownBy(() -> ALL.require(response))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
    }

    @Test
    void readsTheReservationOfTextAndDataMining() {
        assertThatThrownBy(() -> ALL.require(new WebResponse("", "", "", List.of(), "1")))
                .hasMessage("tdm-reservation in a header");
        assertThatCode(() -> ALL.require(new WebResponse("", "", "", List.of(), "0")))
                .doesNotThrowAnyException();
    }

    @Test
    void asksOnlyForTheSignalsNamed() {
        Consent robots = new Consent(Set.of("robots"), Set.of(), Set.of());

        assertThatCode(() -> robots.require(new WebResponse("", "", "", List.of("noai"), "1")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "https://bad.example/x, host_denied",
        "https://www.BAD.example./x, host_denied",
        "http://me:secret@bad.example:8080/x, host_denied",
        "https://good.example/?u=//bad.example/, ",
        "https://notbad.example/, host_not_allowed",
        "https://a.good.example#x, ",
        "mailto:x, host_not_allowed"
    })
    void listsNameHostsWithTheirSubdomains(String url, String reason) {
        Consent lists = new Consent(Set.of(), Set.of("Good.example", "bad.example"), Set.of("bad.example"));

        assertThat(reasonOf(lists, url)).isEqualTo(reason);
    }

    @Test
    void takesThePagesOwnAddressWhereNoServerToldOne() {
        ReadOptions options =
                ReadOptions.defaults().withConsent(new Consent(Set.of(), Set.of(), Set.of("bad.example")));
        byte[] page = "<link rel=canonical href=https://bad.example/x><p>Hot.".getBytes(UTF_8);

        assertThat(Collected.from("a.html", page, options).reasons()).containsExactly("host_denied");
    }

    @Test
    void refusesAPageOfADeniedHostBeforeReadingIt() {
        ReadOptions options =
                ReadOptions.defaults().withConsent(new Consent(Set.of(), Set.of(), Set.of("bad.example")));
        WebResponse response = new WebResponse("https://bad.example/", "", "", List.of(), "");
        byte[] binary = new byte[100];

        assertThatThrownBy(() -> HtmlReader.document(Document.of("1", "", "x"), binary, response, options))
                .hasMessage("bad.example");
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThatThrownBy(() -> new Consent(Set.of("robot"), Set.of("https://a.example/"), Set.of("*.b.example")))
                .hasMessageContaining("robot]")
                .hasMessageContaining("https://a.example/")
                .hasMessageContaining("*.b.example");
    }

    private static String reasonOf(Consent consent, String url) {
        try {
            consent.require(new WebResponse(url, "", "", List.of(), ""));
            return null;
        } catch (BadRecord bad) {
            return bad.reason();
        }
    }
}
