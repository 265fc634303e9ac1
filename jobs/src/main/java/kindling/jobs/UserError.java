package kindling.jobs;

/** A mistake of the caller: shown as its message alone, exit code 2. The message names the value, the rule and the remedy. */
public final class UserError extends RuntimeException {
    public UserError(String message) {
        super(message);
    }
}
