package kindling.jobs.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kindling.jobs.chat.Message.Role;
import kindling.jobs.train.Lesson;
import kindling.jobs.train.Taught;
import kindling.prep.token.Tokenizer;

/**
 * Conversations that a model is taught with. Of one that is too long the oldest turns after the system's are left out, so that a turn of the user
 * comes first again; of a pair, the end of the prompt.
 *
 * @param system what the system says where a conversation does not begin with it
 * @param room ids that a lesson may have
 */
public record ChatLessons(ChatEncoder encoder, Tokenizer tokenizer, Optional<String> system, int room) {

    /** A lesson of a whole conversation. */
    public Taught of(List<Message> conversation) {
        if (conversation.stream().noneMatch(message -> message.isFrom(Role.ASSISTANT))) {
            return new Taught.Refused(
                    "no_assistant_turn", "the assistant says nothing in %d turns".formatted(conversation.size()));
        }
        return attempt(() -> {
            List<Message> left = opened(conversation);
            Lesson lesson = encoder.lesson(left);
            int whole = lesson.ids().length;
            while (lesson.ids().length > room) {
                left = withoutOldest(left);
                if (left.isEmpty()) {
                    return Taught.tooLong("%d tokens in all, and the last answer with its question more than %d"
                            .formatted(whole, room));
                }
                lesson = encoder.lesson(left);
            }
            return new Taught.Made(lesson, false, opened(conversation).size() - left.size());
        });
    }

    /** A lesson of a question of the user and an answer of the assistant. */
    public Taught of(String prompt, String completion) {
        int[] asked = tokenizer.encode(prompt);
        return attempt(() -> {
            Lesson lesson = pair(prompt, completion);
            int kept = asked.length;
            while (lesson.ids().length > room) {
                kept -= lesson.ids().length - room;
                if (kept <= 0) {
                    return Taught.tooLong("the completion leaves no room for a prompt in %d tokens".formatted(room));
                }
                lesson = pair(text(Arrays.copyOf(asked, kept)), completion);
            }
            return new Taught.Made(lesson, kept < asked.length, 0);
        });
    }

    private Lesson pair(String prompt, String completion) {
        return encoder.lesson(opened(List.of(Message.user(prompt), Message.assistant(completion))));
    }

    /** The text of ids that end anywhere, without half a character at the end. */
    private String text(int[] ids) {
        return tokenizer.decode(ids).replaceFirst("\uFFFD+$", "");
    }

    private interface Attempt {
        Taught taught();
    }

    private static Taught attempt(Attempt attempt) {
        try {
            return attempt.taught();
        } catch (ChatTemplateException e) {
            return new Taught.Refused("template_refused", e.getMessage());
        }
    }

    private List<Message> opened(List<Message> conversation) {
        if (system.isEmpty() || conversation.get(0).isFrom(Role.SYSTEM)) {
            return conversation;
        }
        List<Message> opened = new ArrayList<>(List.of(Message.system(system.get())));
        opened.addAll(conversation);
        return opened;
    }

    /** Without the turns before the second of the user; empty when no answer would be left. */
    private static List<Message> withoutOldest(List<Message> conversation) {
        int first = conversation.get(0).isFrom(Role.SYSTEM) ? 1 : 0;
        int next = first + 1;
        while (next < conversation.size() && !conversation.get(next).isFrom(Role.USER)) {
            next++;
        }
        List<Message> left = new ArrayList<>(conversation.subList(0, first));
        left.addAll(conversation.subList(Math.min(next, conversation.size()), conversation.size()));
        return left.stream().anyMatch(message -> message.isFrom(Role.ASSISTANT)) ? left : List.of();
    }
}
