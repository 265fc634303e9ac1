package kindling.jobs.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kindling.jobs.examples.Taught;
import kindling.jobs.examples.Taught.Made;
import kindling.jobs.examples.Taught.Refused;
import kindling.jobs.infer.TinyTokenizer;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatLessonsTest {
    private static final Tokenizer TOKENIZER = TinyTokenizer.chat();
    private static final ChatEncoder ENCODER = new ChatEncoder(ChatTemplate.chatml(TOKENIZER), TOKENIZER);
    private static final List<Message> TALK = List.of(
            Message.system("Be kind."),
            Message.user("one"),
            Message.assistant("two"),
            Message.user("three"),
            Message.assistant("four"),
            Message.user("five"),
            Message.assistant("six"));

    private static ChatLessons lessons(String system, int room) {
        return new ChatLessons(ENCODER, TOKENIZER, Optional.ofNullable(system), room);
    }

    private static int length(List<Message> conversation) {
        return ENCODER.lesson(conversation).ids().length;
    }

    private static String text(Taught taught) {
        return TOKENIZER.decode(((Made) taught).lesson().ids());
    }

    @Test
    void whatFitsIsWhole() {
        Made made = (Made) lessons(null, length(TALK)).of(TALK);

        assertThat(made.droppedTurns()).isZero();
        assertThat(text(made)).contains("Be kind.").contains("one").contains("six");
    }

    @Test
    void theOldestTurnsAfterTheSystemsAreDroppedFirst() {
        Made made = (Made) lessons(null, length(TALK) - 1).of(TALK);

        assertThat(made.droppedTurns()).isEqualTo(2);
        assertThat(text(made))
                .contains("Be kind.")
                .doesNotContain("one")
                .doesNotContain("two")
                .contains("user\nthree");
        assertThat(((Made) lessons(null, 75).of(TALK)).droppedTurns()).isEqualTo(4);
    }

    @Test
    void aLastAnswerThatDoesNotFitIsRefused() {
        Refused refused = (Refused) lessons(null, 40).of(TALK);

        assertThat(refused.reason()).isEqualTo("too_long");
        assertThat(refused.detail())
                .isEqualTo(length(TALK) + " tokens in all, and the last answer with its question more than 40");
    }

    @Test
    void aConversationWithoutAnswerIsRefused() {
        assertThat(lessons("Be kind.", 1000).of(List.of(Message.user("one"))))
                .isEqualTo(new Refused("no_assistant_turn", "the assistant says nothing in 1 turns"));
        assertThat(lessons("Be kind.", 1000).of(List.of())).isInstanceOf(Refused.class);
    }

    @Test
    void theSystemSpeaksFirstUnlessARowSaysSo() {
        assertThat(text(lessons("Be short.", 1000).of(TALK)))
                .doesNotContain("Be short.")
                .contains("Be kind.");
        assertThat(text(lessons("Be short.", 1000).of(TALK.subList(1, 3))))
                .startsWith("<|im_start|>system\nBe short.<|im_end|>");
        assertThat(text(lessons("Be short.", 1000).of("one", "two")))
                .startsWith("<|im_start|>system\nBe short.<|im_end|>");
    }

    @Test
    void aPairIsAQuestionAndAnAnswer() {
        assertThat(text(lessons(null, 1000).of("one", "two")))
                .isEqualTo("<|im_start|>user\none<|im_end|>\n<|im_start|>assistant\ntwo<|im_end|>\n");
    }

    @Test
    void theEndOfALongQuestionIsCut() {
        int around = length(List.of(Message.user(""), Message.assistant("two")));

        Made made = (Made) lessons(null, around + 7).of("one é three", "two");

        assertThat(made.cut()).isTrue();
        assertThat(text(made)).contains("user\none é <|im_end|>");
        Made within = (Made) lessons(null, around + 5).of("one é three", "two");
        assertThat(text(within)).contains("user\none <|im_end|>"); // not half of é
        assertThat(((Refused) lessons(null, around).of("one", "two")).reason()).isEqualTo("too_long");
    }

    @Test
    void turnsBehindTheLastAnswerTakeNoRoom() {
        List<Message> asked = new ArrayList<>(TALK);
        asked.add(Message.user("seven ".repeat(100)));

        Made made = (Made) lessons(null, length(TALK)).of(asked);

        assertThat(made.droppedTurns()).isZero();
        assertThat(text(made)).contains("one").contains("six").doesNotContain("seven");
    }

    /** A law: what is found by bisection is what is found by trying one after the other. */
    @Test
    void noMoreTurnsAreDroppedThanMustBe() {
        for (int room = 45; room <= length(TALK); room++) {
            Taught taught = lessons(null, room).of(TALK);
            int expected =
                    length(TALK) <= room ? 0 : length(without(2)) <= room ? 2 : length(without(4)) <= room ? 4 : -1;

            assertThat(taught instanceof Made made ? made.droppedTurns() : -1)
                    .as("in %d", room)
                    .isEqualTo(expected);
        }
    }

    private static List<Message> without(int turns) {
        List<Message> left = new ArrayList<>(TALK.subList(0, 1));
        left.addAll(TALK.subList(1 + turns, TALK.size()));
        return left;
    }

    @Test
    void longConversationsTakeNoLonger() {
        List<Message> endless = new ArrayList<>();
        for (int turn = 0; turn < 2000; turn++) {
            endless.add(Message.user("one"));
            endless.add(Message.assistant("two"));
        }

        int fit = 100 / length(endless.subList(0, 2));

        assertTimeout(
                Duration.ofSeconds(10), // it takes a third of one
                () -> assertThat(((Made) lessons(null, 100).of(endless)).droppedTurns())
                        .isEqualTo(4000 - 2 * fit));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{{ raise_exception('cannot read ' + messages[0].content) }}",
                "\n{{ raise_exception(messages[0].content[:3] | upper) }}",
                "{{ messages[0][messages[0].content].x }}"
            })
    void whatPeopleSaidIsNotInARefusal(String template) {
        ChatEncoder repeating = new ChatEncoder(new ChatTemplate(template, Map.of()), TOKENIZER);

        Refused refused = (Refused) new ChatLessons(repeating, TOKENIZER, Optional.empty(), 1000).of("secret", "two");

        assertThat(refused.reason()).isEqualTo("template_refused");
        assertThat(refused.detail())
                .doesNotContainIgnoringCase("sec")
                .matches("line [12]: the template refuses what is said");
    }

    @Test
    void whatTheTemplateRefusesIsRefused() {
        ChatTemplate gemma = new ChatTemplate(
                "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
                        + "{{ m.content }}<|im_end|>{% endfor %}",
                Map.of());

        Taught taught = new ChatLessons(new ChatEncoder(gemma, TOKENIZER), TOKENIZER, Optional.empty(), 1000).of(TALK);

        assertThat(taught).isInstanceOf(Refused.class);
        assertThat(((Refused) taught).reason()).isEqualTo("template_refused");
        assertThat(((Refused) taught).detail()).contains("System role not supported");
    }
}
