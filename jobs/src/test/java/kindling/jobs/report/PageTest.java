package kindling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import kindling.jobs.io.Json;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)><!--";

    private static String page(String report) {
        return Page.html(HOSTILE, List.of(new Page.Step("filter", Json.parse(report), List.of())));
    }

    @Test
    void nothingFromTheDataIsMarkup() {
        String page = page(
                "{\"samples\": [{\"reason\": \"%1$s\", \"id\": \"%1$s\", \"source\": \"%1$s\", \"snippet\": \"%1$s\"}]}"
                        .formatted(HOSTILE));

        assertThat(page).doesNotContain("<img").contains("\\u003c/script>\\u003cimg src=x");
        assertThat(page.split("<script", -1)).hasSize(4);
    }

    @Test
    void onlyNumbersAndSnippetsOfAReportAreShown() {
        assertThat(page("{\"rows_in\": 7, \"examples\": [{\"reference\": \"a text\"}], \"unknown\": 1}"))
                .contains("\"rows_in\":7")
                .doesNotContain("a text", "\"unknown\"");
    }

    @Test
    void longCurvesAreThinnedButKeepTheirEnds() {
        var rounds = IntStream.rangeClosed(1, 5000)
                .<com.fasterxml.jackson.databind.JsonNode>mapToObj(
                        i -> Json.object().put("step", i).put("loss", 1.5))
                .toList();

        String page = Page.html("run", List.of(new Page.Step("train", Json.object(), rounds)));

        assertThat(page).contains("\"curves\":{\"loss\":[[1,1.5],", ",[5000,1.5]]}");
        assertThat(page.split(",1\\.5]", -1)).hasSizeLessThan(510);
    }

    @Test
    void aCurveHasTheRoundsThatKnowItsNumber() {
        List<com.fasterxml.jackson.databind.JsonNode> rounds = List.of(
                Json.parse("{\"step\": 5, \"loss\": null, \"seconds\": 2.0, \"exchange_seconds\": 0.5}"),
                Json.parse("{\"step\": 10, \"loss\": 2.5, \"validation_loss\": 2.75}"));

        assertThat(Page.html("run", List.of(new Page.Step("train", Json.object(), rounds))))
                .contains("\"curves\":{\"loss\":[[10,2.5]],\"validation_loss\":[[10,2.75]],"
                        + "\"exchange_share\":[[5,0.25]]}");
    }

    @Test
    void loadsNothing() {
        String page = page("{}");

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("{{", " src=\"", "@import", "sourceMappingURL")
                .doesNotContainPattern("url\\(");
    }
}
