package kindling.prep.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
    private static final String PROSE =
            "Water is poured over the leaves and left for a few minutes before it is drunk.";

    @Test
    void readsShortPages() {
        assertThat(article("<nav>Home</nav><h1>Tea</h1><p>Boil water first.")).isEqualTo("Tea\n\nBoil water first.");
    }

    @Test
    void takesTitleAndCanonicalAddressFromTheHead() {
        Page page = HtmlText.extract(
                "<title> Tea </title><link rel=canonical href='/tea'><p>Boil.",
                "https://a.example/x",
                HtmlText.Mode.FULL);

        assertThat(page.meta().get("title")).isEqualTo("Tea");
        assertThat(page.url()).isEqualTo("https://a.example/tea");
    }

    @Test
    void breaksLinesWhereABrowserDoes() {
        String html = """
                <h2>Tea</h2>
                <p>One <b>bold</b>
                   word.</p>
                <ul><li>green<li>black<ul><li>Assam</ul></ul>
                <table><tr><th>leaf<th>minutes<tr><td>green<td>2</table>
                <pre>
                if (hot) {
                    pour();
                }
                </pre>
                line<br>break&nbsp;here""";

        assertThat(full(html)).isEqualTo("""
                        Tea

                        One bold word.

                        - green
                        - black
                        - Assam

                        leaf | minutes
                        green | 2

                        if (hot) {
                            pour();
                        }

                        line
                        break here""");
    }

    @Test
    void dropsWhatIsNotShown() {
        String html =
                "<script>var x;</script><style>p{}</style><p hidden>no</p><p style='display: none'>no</p><p>yes</p>";

        assertThat(full(html)).isEqualTo("yes");
    }

    @Test
    void dropsFurnitureByElementRoleAndName() {
        String html = "<header>Site</header><div class=topNav>Menu</div><div role=search>Search</div><p>" + PROSE
                + "</p><div id=comments>First!</div><footer>Copyright</footer>";

        assertThat(article(html)).isEqualTo(PROSE);
        assertThat(full(html)).contains("Site", "Menu", "Search", "First!", "Copyright");
    }

    @Test
    void keepsContentWhateverItsName() {
        assertThat(article("<div class='has-sidebar comment'><p>" + PROSE + "</p></div><p>x</p>"))
                .isEqualTo(PROSE);
    }

    @Test
    void dropsListsOfLinksAndTheirHeadings() {
        String html =
                "<h1>Tea</h1><p>" + PROSE + "</p><h2>See</h2><ul><li><a href=a>Green tea</a><li><a href=b>Black tea</a>"
                        + "<li><a href=c>White tea</a></ul>";

        assertThat(article(html)).isEqualTo("Tea\n\n" + PROSE);
    }

    @Test
    void keepsASentenceAmongLinkedDeclarationsAndLists() {
        String links = "<a href=a>AbstractOrigin</a>, <a href=b>ByteArrayOrigin</a>, <a href=c>CharSequenceOrigin</a>";
        String html = "<main><h1>Origin</h1><section><dl><dt>Known:<dd>" + links
                + "</dl><div>public <a href=d>Origin</a></div>"
                + "<p>Like <a href=e>Supplier</a> but throws <a href=f>IOException</a>.</p></section><section><h2>Uses</h2><p>"
                + PROSE + "</p></section></main>";

        assertThat(article(html))
                .isEqualTo("Origin\n\npublic Origin\n\nLike Supplier but throws IOException.\n\nUses\n\n" + PROSE);
    }

    @Test
    void hasNoMainContentWhereAllTextIsLinks() {
        Page page = HtmlText.extract(
                "<a href=a>Green</a><a href=b>Black</a><a href=c>White</a>", "", HtmlText.Mode.ARTICLE);

        assertThat(page.text()).isEmpty();
        assertThat(page.blank()).isFalse();
    }

    @Test
    void isBlankWhereNothingIsShown() {
        assertThat(HtmlText.extract("<p> &nbsp; <img src=x>", "", HtmlText.Mode.ARTICLE)
                        .blank())
                .isTrue();
    }

    @Test
    void leavesTheTeasersAroundAnArticle() {
        String article = "<p>" + PROSE + "</p>";
        String html =
                "<div><div class=story>" + article.repeat(8) + "</div><div><p>Another story that somebody else wrote"
                        + " about coffee and its beans.</p></div></div>";

        assertThat(article(html)).startsWith("Water").doesNotContain("coffee");
    }

    @Test
    void readsDocumentationFromItsFirstSectionOn() {
        String member = "<section><h3>brew</h3><div class=signature>public void <b>brew</b>()</div><p>" + PROSE
                + "</p></section>";
        String html = "<header><a href=i>Index</a> Skip navigation links</header><main><h1>Class Pot</h1>"
                + "<section class=description><p>Short.</p></section>"
                + "<section class=summary><h2>Method Summary</h2><p>Lists the methods that the class has, one by one.</p></section>"
                + "<section class=details><h2>Method Details</h2>" + member.repeat(5) + "</section></main>";

        assertThat(article(html))
                .startsWith("Class Pot\n\nShort.\n\nMethod Summary")
                .endsWith(PROSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b>",
                "<a href=x>y",
                "<table><tr><td>",
                "<ul><li>",
                "<p><b><i>x",
                "<h2>x</h2>",
                "<div class=ad>x</div>"
            })
    void survivesHostileNestingInLinearTime(String markup) {
        String html = markup.repeat(50_000) + "<p>" + PROSE;

        Page page = assertTimeout(Duration.ofSeconds(30), () -> HtmlText.extract(html, "", HtmlText.Mode.FULL));

        assertThat(page.text()).endsWith(PROSE);
    }

    private static String article(String html) {
        return HtmlText.extract(html, "", HtmlText.Mode.ARTICLE).text();
    }

    private static String full(String html) {
        return HtmlText.extract(html, "", HtmlText.Mode.FULL).text();
    }
}
