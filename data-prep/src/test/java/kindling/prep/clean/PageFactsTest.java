package kindling.prep.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFactsTest {
    private static final String URL = "https://a.example/tea";

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiterString = "=>", textBlock = """
                    <title>Tea | The Shop</title><meta property=og:title content=Tea>    => Tea
                    <title>The Shop - Tea</title><h1>Tea</h1>                            => Tea
                    <title>Tea: a guide</title><h1>Tea</h1>                              => Tea: a guide
                    <title>Teapots | The Shop</title><h1>Tea</h1>                        => Teapots | The Shop
                    <title>Tea</title><h1>Welcome</h1>                                   => Tea
                    <meta property=og:title content=Tea>                                 => Tea
                    <h1>Tea</h1>                                                         => Tea
                    <p>Tea                                                               =>
                    """)
    void titleIsThatOfTheDocumentWithoutTheSite(String html, String title) {
        assertThat(fact(html, "title")).isEqualTo(title);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    <meta property=article:published_time content=2019-11-18T12:02:00-05:00>                 | 2019-11-18T12:02:00-05:00
                    <meta property=article:published_time content=2019-13-18><meta name=date content=2018-02-03> | 2018-02-03
                    <script type=application/ld+json>{"@type":"NewsArticle","datePublished":"2019-11-18T12:02:00Z"}</script> | 2019-11-18T12:02:00Z
                    <script type=application/ld+json>[{"@graph":[{"@type":"WebPage","datePublished":"2019-11-18"}]}]</script> | 2019-11-18
                    <script type=application/ld+json>{"@type":"Comment","datePublished":"2019-11-18"}</script> |
                    <script type=application/ld+json>{"datePublished":</script><meta name=pubdate content=20191118> | 2019-11-18
                    <meta itemprop=datePublished content="2019-11-18 12:02">                                  | 2019-11-18T12:02:00
                    <span itemprop=datePublished>November 18, 2019</span>                                     | 2019-11-18
                    <meta name=DC.date.issued content="Mon, 18 Nov 2019 12:02:00 GMT">                        | 2019-11-18T12:02:00Z
                    <meta name=parsely-pub-date content=2019-11-18T12:02:00+0100>                             | 2019-11-18T12:02:00+01:00
                    <article><time datetime=2019-11-18>yesterday</time></article>                             | 2019-11-18
                    <article><div class=comments><time datetime=2019-11-18></time></div></article>            |
                    <footer><time datetime=2019-11-18></time></footer>                                        |
                    <link rel=canonical href=/2019/11/18/tea.html>                                            | 2019-11-18
                    <link rel=canonical href=/stories/2019/nov/18/tea>                                        | 2019-11-18
                    <link rel=canonical href=/2019/99/18/tea>                                                 |
                    <meta name=date content=1970-01-01T00:00:00Z>                                             |
                    <meta name=date content=03/04/2019>                                                       |
                    <meta name=date content=2019-02-30>                                                       |
                    <meta name=date content=2031-01-01>                                                       |
                    <meta name=date content=2019-11-18T25:00:00>                                              |
                    """)
    void publishedIsTheFirstValidDate(String html, String published) {
        assertThat(fact(html, "published")).isEqualTo(published);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    <a rel=license href=http://creativecommons.org/licenses/by/4.0/>CC</a>                     | CC-BY-4.0
                    <a rel="nofollow license" href=//creativecommons.org/licenses/by-nc-sa/3.0/de/deed.en>CC</a> | CC-BY-NC-SA-3.0-DE
                    <link rel=license href=https://creativecommons.org/licenses/by-sa/4.0/deed.en>             | CC-BY-SA-4.0
                    <link rel=license href=https://creativecommons.org/publicdomain/zero/1.0/>                 | CC0-1.0
                    <link rel=license href=https://www.apache.org/licenses/LICENSE-2.0.txt>                    | Apache-2.0
                    <link rel=license href=https://opensource.org/licenses/MIT>                                | MIT
                    <link rel=license href=/terms>                                                             | https://a.example/terms
                    <script type=application/ld+json>{"license":"https://creativecommons.org/licenses/by/4.0/"}</script> | CC-BY-4.0
                    <footer><a href=https://creativecommons.org/licenses/by-nd/4.0/>CC</a></footer>            | CC-BY-ND-4.0
                    <footer><a href=https://mail.creativecommons.org/subscribe>CC</a></footer>                 |
                    <p>I like <a href=https://creativecommons.org/licenses/by/4.0/>CC</a></p>                  |
                    <div id=comments><a rel=license href=https://creativecommons.org/licenses/by/4.0/>CC</a></div> |
                    <figure><a rel=license href=https://creativecommons.org/licenses/by/4.0/>CC</a></figure>   |
                    <a rel=license href=javascript:alert(1)>CC</a>                                             |
                    """)
    void licenseIsWhatTheAuthorDeclaresForThePage(String html, String license) {
        assertThat(fact(html, "license")).isEqualTo(license);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    <link rel=canonical href=/green>                          | https://a.example/green
                    <link rel=canonical href=javascript:x>                    | https://a.example/tea
                    <meta property=og:url content=https://b.example/>         | https://b.example/
                    <p>Tea                                                    | https://a.example/tea
                    """)
    void addressIsThePagesOwnOrWhereItWasFound(String html, String url) {
        assertThat(page(html).url()).isEqualTo(url);
    }

    @Test
    void siteIsItsNameInTheOpenGraph() {
        assertThat(fact("<meta property=og:site_name content='The Shop'>", "site"))
                .isEqualTo("The Shop");
    }

    @Test
    void wishesAreTheWordsForRobots() {
        assertThat(page("<meta name=robots content='NoIndex, noai'><meta name=bingbot content=nocache>")
                        .wishes())
                .containsExactlyInAnyOrder("noindex", "noai", "nocache");
    }

    private static String fact(String html, String name) {
        return page(html).meta().get(name);
    }

    private static Page page(String html) {
        return HtmlText.extract(html, new Origin(URL, LocalDate.of(2030, 1, 1)), HtmlText.Mode.FULL, Deadline.never());
    }
}
