package kindling.jobs.train;

import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kindling.jobs.UserError;

/** What stops a training from outside: a full disk, a shard that cannot be read. Told in a sentence, for nothing that was finished is lost. */
final class Trouble {
    private Trouble() {}

    /** What to throw for a failure: a sentence where somebody can do something about it, else the failure itself. */
    static RuntimeException explained(Exception failure, String job, long round) {
        for (Throwable cause : innermostFirst(failure)) {
            if (cause instanceof UserError error) {
                return error;
            }
            Optional<String> outside = outside(cause);
            if (outside.isPresent()) {
                return new UserError(
                        "%s stopped after round %d: %s. Nothing of the durable states is lost: the same command goes on from the last one"
                                .formatted(job, round, outside.get()));
            }
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /** What storage has to say; Spark wraps errors of programs in the same types, with a cause of another kind. */
    private static Optional<String> outside(Throwable cause) {
        boolean storage = (cause instanceof IOException || cause instanceof UncheckedIOException)
                && !(cause instanceof ObjectStreamException)
                && (cause.getCause() == null || cause.getCause() instanceof IOException);
        if (!storage) {
            return Optional.empty();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return Optional.of(
                message.toLowerCase(Locale.ROOT).contains("no space left")
                        ? "there is no space left on a disk (%s): free some".formatted(message)
                        : message);
    }

    private static List<Throwable> innermostFirst(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        Collections.reverse(chain);
        return chain;
    }
}
