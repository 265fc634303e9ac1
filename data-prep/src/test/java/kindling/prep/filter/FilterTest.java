package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kindling.prep.Document;
import kindling.prep.Verdict;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final UserLists LISTS = new UserLists(List.of("en"), List.of("dragon"));
    private static final Duration LINEAR = Duration.ofSeconds(20); // hundreds of times what it takes

    private static Filter filter(String... names) {
        return Filter.of(Stream.of(names)
                .flatMap(name -> RuleSet.named(name, LISTS).stream())
                .toList());
    }

    private static Document document(String text) {
        return Document.of("1", text, "a.txt");
    }

    @Test
    void dropsForTheFirstRuleInTheUsersOrder() {
        assertThat(filter("length", "c4_document").judge(document("{")).verdict())
                .isEqualTo(Verdict.drop("length_too_short", "1.00 < 200"));
        assertThat(filter("c4_document", "length").judge(document("{")).verdict())
                .isEqualTo(Verdict.drop("c4_document_curly_bracket", "1.00 > 0.00"));
    }

    @Test
    void laterSetsJudgeTheTextWithoutTheLinesThatWent() {
        String line = "A line of enough words here.";
        Document document = document("Menu\n".repeat(50) + String.join("\n", line, line, line));

        assertThat(filter("length", "c4").judge(document).verdict()).isEqualTo(Verdict.KEEP);
        assertThat(filter("c4", "length").judge(document).verdict())
                .isEqualTo(Verdict.drop("length_too_short", "86 < 200"));
    }

    @Test
    void annotatesWithEveryMeasureAndTheFirstReason() {
        Document document = document("One two three four.\nOne two three four.");

        Document annotated = filter("c4_document", "length", "fineweb").annotate(document);

        assertThat(annotated.text()).isEqualTo(document.text());
        assertThat(annotated.meta())
                .isEqualTo(Map.of(
                        "c4_document_curly_bracket", "0",
                        "c4_document_lorem_ipsum", "0",
                        "c4_document_sentences", "2",
                        "length_too_short", "39",
                        "length_too_long", "39",
                        "fineweb_line_punct_ratio", "1",
                        "fineweb_short_line_ratio", "1",
                        "fineweb_char_dup_ratio", "0.5",
                        "fineweb_new_line_ratio", "0.1",
                        "filter_would_drop", "c4_document_sentences"));
    }

    @Test
    void annotatesWithFourDigits() {
        assertThat(filter("gopher_repetition").annotate(document("a\na\na")).meta())
                .containsEntry("gopher_duplicate_lines", "0.6667");
        assertThat(filter("length").annotate(document("x".repeat(123_456))).meta())
                .containsEntry("length_too_long", "123456");
    }

    @Test
    void annotatingLeavesTheLinesThatWouldGo() {
        Document document = document("Menu\nHome\nA line of enough words here.");

        Document annotated = filter("c4").annotate(document);

        assertThat(annotated.text()).isEqualTo(document.text());
        assertThat(annotated.meta())
                .containsEntry("c4_lines_removed", "2")
                .containsEntry("c4_sentences", "1")
                .containsEntry("filter_would_drop", "c4_sentences");
    }

    @Test
    void forgetsAnEarlierAnnotation() {
        Document once = filter("length").annotate(document("short"));

        assertThat(once.meta()).containsKey(Filter.WOULD_DROP);
        assertThat(filter("symbols").annotate(once).meta()).doesNotContainKey(Filter.WOULD_DROP);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "length",
                "gopher_quality",
                "gopher_repetition",
                "gopher_datatrove",
                "gopher_dolma",
                "c4",
                "c4_document",
                "c4_datatrove",
                "fineweb",
                "symbols",
                "language",
                "words"
            })
    void judgesEmptyAndBlankTexts(String name) {
        for (String text : List.of("", " ", "\n\n", " \r\n\t")) {
            Filter filter = filter(name);

            filter.judge(document(text));
            assertThat(filter.annotate(document(text)).meta().values()).noneMatch("NaN"::equals);
        }
    }

    @Test
    void judgesHostileTextsInLinearTime() {
        int size = 2_000_000;
        List<String> texts = List.of(
                "a".repeat(size),
                "a ".repeat(size / 2),
                "\n".repeat(size),
                "a\n".repeat(size / 2),
                "[".repeat(size),
                "[edit".repeat(size / 5),
                "lorem ipsu".repeat(size / 10),
                "use of cookie".repeat(size / 13),
                "...".repeat(size / 3),
                "drago".repeat(size / 5),
                "\uD83D\uDE00".repeat(size / 2));
        Filter filter = filter(
                "gopher", "gopher_datatrove", "gopher_dolma", "c4", "c4_document", "fineweb", "symbols", "words");

        Assertions.assertTimeout(LINEAR, () -> texts.forEach(text -> filter.annotate(document(text))));
    }
}
