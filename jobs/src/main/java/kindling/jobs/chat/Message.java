package kindling.jobs.chat;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One turn of a conversation. */
public record Message(Role role, String content) implements Serializable {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT;

        /** The role of this name; none where models here are not taught to play it. */
        public static Optional<Role> named(String name) {
            return Stream.of(values())
                    .filter(role -> role.toString().equals(name))
                    .findFirst();
        }

        /** As templates and data spell it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }

    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }

    boolean isFrom(Role speaker) {
        return role == speaker;
    }

    /** The same turn with other words. */
    Message saying(String other) {
        return new Message(role, other);
    }
}
