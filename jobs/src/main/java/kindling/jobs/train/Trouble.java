package kindling.jobs.train;

import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kindling.jobs.UserError;

/** What stops a training from outside: a full disk, a shard that cannot be read. Told in a sentence, for nothing that was finished is lost. */
final class Trouble {
    private static final String NO_SPACE = "no space left";

    private Trouble() {}

    /** What to throw for a failure: a sentence where somebody can do something about it, else the failure itself. */
    static RuntimeException explained(Exception failure, String job, long round) {
        List<Throwable> chain = chain(failure);
        for (Throwable cause : chain) {
            if (cause instanceof UserError error) {
                return error;
            }
            if (says(cause, NO_SPACE)) {
                return stopped(
                        job, round, "there is no space left on a disk (%s): free some".formatted(cause.getMessage()));
            }
        }
        for (Throwable cause : chain) {
            if (cause instanceof UncheckedIOException
                    || (cause instanceof IOException && !(cause instanceof ObjectStreamException))) {
                return stopped(job, round, cause.getMessage());
            }
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static UserError stopped(String job, long round, String why) {
        return new UserError(
                "%s stopped after round %d: %s. Nothing of the durable states is lost: the same command goes on from the last one"
                        .formatted(job, round, why));
    }

    private static boolean says(Throwable cause, String words) {
        return cause.getMessage() != null
                && cause.getMessage().toLowerCase(Locale.ROOT).contains(words);
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
