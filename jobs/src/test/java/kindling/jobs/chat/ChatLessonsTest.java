package kindling.jobs.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.train.Taught;
import kindling.jobs.train.Taught.Made;
import kindling.jobs.train.Taught.Refused;
import kindling.prep.token.Tokenizer;
import org.junit.jupiter.api.Test;

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
    void whatTheTemplateRefusesIsRefused() {
        ChatTemplate gemma = new ChatTemplate(
                "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
                        + "{{ m.content }}<|im_end|>{% endfor %}",
                java.util.Map.of());

        Taught taught = new ChatLessons(new ChatEncoder(gemma, TOKENIZER), TOKENIZER, Optional.empty(), 1000).of(TALK);

        assertThat(taught).isInstanceOf(Refused.class);
        assertThat(((Refused) taught).reason()).isEqualTo("template_refused");
        assertThat(((Refused) taught).detail()).contains("System role not supported");
    }
}
