package kindling.jobs.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kindling.jobs.chat.Message.Role;
import kindling.jobs.examples.Lesson;
import kindling.jobs.examples.Taught;
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
        List<Message> all = opened(upToLastAnswer(conversation));
        return attempt(all, () -> {
            Lesson lesson = encoder.lesson(all);
            return lesson.ids().length <= room ? new Taught.Made(lesson, false, 0) : shortened(all, lesson);
        });
    }

    /** Without as many of the oldest turns as must be: the first beginning that fits is found by bisection, for later ones fit too. */
    private Taught shortened(List<Message> all, Lesson whole) {
        List<Integer> beginnings = beginnings(all);
        Optional<Taught> best = Optional.empty();
        int from = 0;
        int to = beginnings.size();
        while (from < to) {
            int middle = (from + to) / 2;
            List<Message> left = from(all, beginnings.get(middle));
            Lesson lesson = encoder.lesson(left);
            if (lesson.ids().length <= room) {
                best = Optional.of(new Taught.Made(lesson, false, all.size() - left.size()));
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return best.orElseGet(
                () -> Taught.tooLong("%d tokens in all, and the last answer with its question more than %d"
                        .formatted(whole.ids().length, room)));
    }

    /** A lesson of a question of the user and an answer of the assistant. */
    public Taught of(String prompt, String completion) {
        int[] asked = tokenizer.encode(prompt);
        return attempt(turns(prompt, completion), () -> {
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
        return encoder.lesson(turns(prompt, completion));
    }

    private List<Message> turns(String prompt, String completion) {
        return opened(List.of(Message.user(prompt), Message.assistant(completion)));
    }

    /** The text of ids that end anywhere, without half a character at the end. */
    private String text(int[] ids) {
        return tokenizer.decode(ids).replaceFirst("\uFFFD+$", "");
    }

    private interface Attempt {
        Taught taught();
    }

    private Taught attempt(List<Message> conversation, Attempt attempt) {
        try {
            return attempt.taught();
        } catch (ChatTemplateException e) {
            return new Taught.Refused("template_refused", encoder.refusal(conversation, e));
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

    /** Nothing is learnt from the turns behind it. */
    private static List<Message> upToLastAnswer(List<Message> conversation) {
        int end = conversation.size();
        while (!conversation.get(end - 1).isFrom(Role.ASSISTANT)) {
            end--;
        }
        return conversation.subList(0, end);
    }

    /** Where a conversation may begin instead of at its beginning: at later turns of the user. */
    private static List<Integer> beginnings(List<Message> all) {
        return IntStream.range(firstSpoken(all) + 1, all.size())
                .filter(turn -> all.get(turn).isFrom(Role.USER))
                .boxed()
                .toList();
    }

    /** The conversation from a turn on, behind what the system says first. */
    private static List<Message> from(List<Message> all, int turn) {
        List<Message> left = new ArrayList<>(all.subList(0, firstSpoken(all)));
        left.addAll(all.subList(turn, all.size()));
        return left;
    }

    private static int firstSpoken(List<Message> all) {
        return all.get(0).isFrom(Role.SYSTEM) ? 1 : 0;
    }
}
