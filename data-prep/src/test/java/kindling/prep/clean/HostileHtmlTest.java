package kindling.prep.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that were made to cost time or memory. */
class HostileHtmlTest {
    private static final String PROSE = "Water is poured over the leaves.";

    @Test
    void givesUpWhenTheTimeIsOver() {
        String html = "<p>x".repeat(200_000);

        assertThatThrownBy(
                        () -> HtmlText.extract(html, Origin.UNKNOWN, HtmlText.Mode.ARTICLE, Deadline.in(Duration.ZERO)))
                .isInstanceOf(Deadline.Passed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b>",
                "<a href=x>y",
                "<table><tr><td>",
                "<table><tr><td>x",
                "<ul><li>",
                "<p><b><i>x",
                "<p>",
                "<h2>x</h2>",
                "<header>x",
                "<figure>x",
                "<section><p>x",
                "<div class=ad>x</div>",
                "<a href=x>y</a> ",
                "<meta name=robots content=noindex>",
                "<time pubdate>2019-99-99</time>",
                "<script type=application/ld+json>{}</script>",
                "<pre>\n",
                "x<!-- ",
                "&amp;"
            })
    void takesLinearTimeWhateverIsNested(String markup) {
        String html = markup.repeat(100_000) + "<p>" + PROSE;
        long parsing = nanos(() -> Parser.htmlParser().setMaxDepth(256).parseInput(html, ""));

        long extracting = nanos(() -> HtmlText.extract(html, "", HtmlText.Mode.ARTICLE));

        assertThat(extracting)
                .as("nanoseconds; parsing alone took %d", parsing)
                .isLessThan(20 * parsing + TimeUnit.SECONDS.toNanos(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p title='%s'>",
                "<p class='%s'>",
                "<p>%s",
                "<pre>%s",
                "<meta name=date content='%s'>",
                "<!--%s-->"
            })
    void takesLinearTimeForOneHugeText(String markup) {
        String html = markup.formatted("ad-Ca ".repeat(1 << 20)) + "<p>" + PROSE;

        assertTimeout(Duration.ofSeconds(20), () -> HtmlText.extract(html, "", HtmlText.Mode.ARTICLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<div>", "<b>", "<a href=x>y", "<table><tr><td>", "<ul><li>", "<p><b><i>x"})
    void readsWhatComesAfterHostileNesting(String markup) {
        Page page = HtmlText.extract(markup.repeat(100_000) + "<p>" + PROSE, "", HtmlText.Mode.FULL);

        assertThat(page.text()).endsWith(PROSE);
    }

    /** Of the processor, so that a busy machine does not count. */
    private static long nanos(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return threads.getCurrentThreadCpuTime() - start;
    }
}
