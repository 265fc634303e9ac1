package kindling.prep.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    void dropsCaptionsOfPictures() {
        String html =
                "<h1>Tea</h1><p>" + PROSE + "</p><figure><img src=x><figcaption>A pot of tea on a table in the garden."
                        + "</figcaption></figure><div class='wp-caption'><img src=y><p class=wp-caption-text>Leaves in a box, seen"
                        + " from above.</p></div><p>" + PROSE + "</p>";

        assertThat(article(html)).isEqualTo("Tea\n\n" + PROSE + "\n\n" + PROSE);
    }

    @Test
    void keepsTheCaptionsThatAGalleryConsistsOf() {
        String picture = "<figure><img src=x><figcaption>" + PROSE + "</figcaption></figure>";

        assertThat(article("<h1>Tea</h1>" + picture.repeat(4))).contains(PROSE);
    }

    @Test
    void keepsListingsTablesAndQuotationsInFigures() {
        String html = "<p>" + PROSE + "</p><figure><pre>pour();</pre><figcaption>Listing 1</figcaption></figure>"
                + "<figure><table><tr><td>green<td>2</table></figure>"
                + "<figure><blockquote>Tea is more than a drink.</blockquote></figure>";

        assertThat(article(html)).isEqualTo(PROSE + "\n\npour();\n\ngreen | 2\n\nTea is more than a drink.");
    }

    @Test
    void dropsParagraphsThatOnlyLeadElsewhere() {
        String html = "<article><p>" + PROSE
                + "</p><p>Related: <a href=x>Why coffee is so much better than tea, and for whom</a></p><p>" + PROSE
                + " <a href=y>More about leaves</a></p></article>";

        assertThat(article(html)).isEqualTo(PROSE + "\n\n" + PROSE + " More about leaves");
    }

    @Test
    void keepsLinkedCellsAndPointsAmongProse() {
        String html = "<p>" + PROSE + "</p><table><tr><td><p><a href=x>Pot.brew</a></p></td><td><p>Pours water over the"
                + " leaves.</p></td></tr></table><ul><li><p>Assam, which is strong and dark.</p></li>"
                + "<li><p><a href=y>Ceylon</a></p></li></ul>";

        assertThat(article(html))
                .isEqualTo(PROSE + "\n\nPot.brew | Pours water over the leaves.\n\n"
                        + "- Assam, which is strong and dark.\n\n- Ceylon");
    }

    @Test
    void dropsTheFooterAndTheCookieBannerOfAShortPage() {
        String html = "<div id=cookie-banner><p>" + "We use cookies to make this site better for you. ".repeat(9)
                + "</p></div><div class=story><h1>Tea</h1><p>" + PROSE + "</p></div><div class=footer-text><p>"
                + "Questions about subscriptions are answered by our service. ".repeat(5) + "</p></div>";

        assertThat(article(html)).isEqualTo("Tea\n\n" + PROSE);
    }

    @Test
    void keepsThePostsOfOthersThatAPageShows() {
        String html = "<p>" + PROSE.repeat(3) + "</p><div class=social-embed><blockquote><p>" + PROSE
                + "</p>— Jane</blockquote><script src=x></script></div><p>" + PROSE.repeat(3) + "</p>";

        assertThat(article(html)).contains("\n\n" + PROSE + "\n\n— Jane\n\n");
    }

    @Test
    void readsAListTogetherWithWhatStandsBeforeIt() {
        String html = "<div><p>Good morning! This is what you need to know.</p><ol>" + ("<li>" + PROSE).repeat(6)
                + "</ol></div>";

        assertThat(article(html)).startsWith("Good morning!").endsWith("- " + PROSE);
    }

    @Test
    void keepsTheEmptyLinesAndTheIndentationOfListings() {
        assertThat(full("<pre>a\n\n\nb</pre>")).isEqualTo("a\n\n\nb");
        assertThat(full("<p>x</p><pre>\n\ndef pour():\n\twater()\n\n\ndef drink():\n    sip()\n\n\n</pre><p>y</p>"))
                .isEqualTo("x\n\ndef pour():\n\twater()\n\n\ndef drink():\n    sip()\n\ny");
    }

    @Test
    void dropsLineNumbersBesideListings() {
        String html =
                "<p>" + PROSE + "</p><table><tr><td class=linenos><pre>1\n2</pre></td><td class=code><pre>pour();\n"
                        + "drink();</pre></td></tr></table>";

        assertThat(article(html)).isEqualTo(PROSE + "\n\npour();\ndrink();");
    }

    @Test
    void readsAThreadWhosePostsAreShort() {
        String post = "<div class=post><div class=user>Jane</div><div class=body>%s</div></div>";
        String html = "<div class=thread><h1>Which pot?</h1>" + post.formatted("Which pot do you use?")
                + post.formatted("An iron one.") + post.formatted("Glass, I like to see the leaves.") + "</div>";

        assertThat(article(html)).contains("Which pot do you use?", "An iron one.", "Glass, I like to see the leaves.");
    }

    @Test
    void readsARecipe() {
        String html =
                "<nav><a href=x>Home</a></nav><main><h1>Iced tea</h1><h2>Ingredients</h2><ul><li>2 cups water<li>1 lemon"
                        + "<li>4 spoons of black tea</ul><h2>Steps</h2><ol><li>Boil the water.<li>Add the tea and wait.</ol></main>";

        assertThat(article(html)).isEqualTo("""
                        Iced tea

                        Ingredients

                        - 2 cups water
                        - 1 lemon
                        - 4 spoons of black tea

                        Steps

                        - Boil the water.
                        - Add the tea and wait.""");
    }

    @Test
    void readsAListOfProducts() {
        String item = "<div class=item><h3>%s</h3><span class=price>%s</span></div>";
        String html =
                "<div class=shop>" + item.formatted("Iron pot", "$40") + item.formatted("Glass pot", "$25") + "</div>";

        assertThat(article(html)).isEqualTo("Iron pot\n\n$40\n\nGlass pot\n\n$25");
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

    private static String article(String html) {
        return HtmlText.extract(html, "", HtmlText.Mode.ARTICLE).text();
    }

    private static String full(String html) {
        return HtmlText.extract(html, "", HtmlText.Mode.FULL).text();
    }
}
