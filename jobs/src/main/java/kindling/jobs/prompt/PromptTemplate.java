package kindling.jobs.prompt;

import java.io.Serializable;
import java.util.Arrays;
import kindling.prep.token.Tokenizer;

/**
 * Text around a document: what a model is fine-tuned on and asked with. The ids of the text before, the document and the text
 * after are made apart, so that a document can be cut at a token.
 */
public record PromptTemplate(String text) implements Serializable {
    private static final String DOCUMENT = "{document}";

    /** For summaries. */
    public static final PromptTemplate SUMMARY = new PromptTemplate("{document}\n\nSummary:");

    /** @throws IllegalArgumentException when the template does not name the document exactly once */
    public PromptTemplate {
        int first = text.indexOf(DOCUMENT);
        if (first < 0 || text.indexOf(DOCUMENT, first + 1) >= 0) {
            throw new IllegalArgumentException("a prompt template names {document} once, got: " + text);
        }
    }

    /** The ids of the prompt for a document that has at most {@code limit} ids. */
    public int[] ids(Tokenizer tokenizer, int[] document, int limit) {
        int at = text.indexOf(DOCUMENT);
        int[] before = tokenizer.encode(text.substring(0, at));
        int[] after = tokenizer.encode(text.substring(at + DOCUMENT.length()));
        int room = Math.max(0, Math.min(document.length, limit));
        int[] ids = Arrays.copyOf(before, before.length + room + after.length);
        System.arraycopy(document, 0, ids, before.length, room);
        System.arraycopy(after, 0, ids, before.length + room, after.length);
        return ids;
    }

    /** The text of the prompt for a document. */
    String around(String document) {
        return text.replace(DOCUMENT, document);
    }

    /** Number of ids that the template itself takes. */
    public int length(Tokenizer tokenizer) {
        return ids(tokenizer, new int[0], 0).length;
    }

    /** The ids of a completion: a space, the text, the end. */
    public static int[] completion(Tokenizer tokenizer, String text) {
        int[] ids = tokenizer.encode(" " + text.strip());
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = tokenizer.endOfText();
        return ended;
    }
}
