package kindling.jobs.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kindling.jobs.io.InputPath;
import kindling.jobs.prompt.PromptTemplate;
import kindling.jobs.rows.Answer;
import kindling.jobs.rows.Task;
import kindling.model.generate.Decoding;
import kindling.prep.sentence.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummarizeTest {
    private static final int CONTEXT = 64;
    private static final int ANSWER = 8;
    private static final int ROOM = CONTEXT - ANSWER; // bytes of a piece, with nothing around it

    @TempDir
    static Path folder;

    private static Model model;

    @BeforeAll
    static void readModel() throws IOException {
        model = Model.read(
                new InputPath(TinyCheckpoint.write(folder, CONTEXT, 8, 1).toString()));
    }

    private static List<Answer> answers(Summarize.Overlong longInput, String... texts) {
        Decoding decoding = Decoding.greedy().withMaxNewTokens(ANSWER);
        PromptTemplate template = new PromptTemplate("{document}");
        try (Summarize task = new Summarize(model, template, decoding, longInput, 60, 4, 1)) {
            return task.answer(IntStream.range(0, texts.length)
                    .mapToObj(i -> new Task.Request("row-" + i, texts[i]))
                    .toList());
        }
    }

    private static String story(int sentences) {
        return IntStream.range(0, sentences)
                .mapToObj(i -> "Sentence number %d is not very long.".formatted(i))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aDocumentThatFitsIsReadAtOnce() {
        String text = "x".repeat(ROOM);

        Answer answer = answers(Summarize.Overlong.MAP, text).get(0);

        assertThat(answer.error()).isNull();
        assertThat(answer.chunks()).isEqualTo(1);
        assertThat(answer.promptTokens()).isEqualTo(ROOM);
        assertThat(answer.droppedSpans()).isEmpty();
    }

    @Test
    void aLongDocumentIsReadPieceByPieceUntilOneSummaryIsLeft() {
        String text = story(12);

        Answer answer = answers(Summarize.Overlong.MAP, text).get(0);

        assertThat(answer.error()).isNull();
        assertThat(answer.chunks()).isBetween(6, 12);
        assertThat(answer.droppedSpans()).isEmpty();
        assertThat(answer.droppedTokens()).isZero();
        assertThat(answer.promptTokens()).isGreaterThan(text.length()); // all of it, and the summaries
    }

    @Test
    void theHeadAloneIsReadWhenAskedAndTheRowSaysWhatWasNot() {
        String text = "é".repeat(ROOM / 2) + story(3);

        Answer answer = answers(Summarize.Overlong.HEAD, text).get(0);

        assertThat(answer.chunks()).isEqualTo(1);
        assertThat(answer.promptTokens()).isEqualTo(ROOM);
        assertThat(answer.droppedSpans()).containsExactly(new Span(ROOM / 2, text.length()));
        assertThat(answer.droppedTokens()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length - ROOM);
    }

    @ParameterizedTest(name = "{0} sentences")
    @ValueSource(ints = {1, 2, 5, 40, 200})
    void everyRowEndsWithAnAnswerOrATypedError(int sentences) {
        List<Answer> answers = answers(Summarize.Overlong.MAP, story(sentences), " ", null, "w".repeat(999));

        assertThat(answers).hasSize(4).allSatisfy(answer -> {
            assertThat(answer.output() == null).isEqualTo(answer.error() != null);
            assertThat(answer.error() == null ? "EmptyInput: " : answer.error())
                    .matches("(EmptyInput|NotShrinking|NoRoom): .*");
        });
    }
}
