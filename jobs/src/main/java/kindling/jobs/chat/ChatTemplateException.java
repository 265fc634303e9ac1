package kindling.jobs.chat;

/** What a chat template does not do: a construct that is not known, or a conversation that it refuses. The message says which. */
public final class ChatTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChatTemplateException(String message) {
        super(message);
    }
}
