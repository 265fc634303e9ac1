package kindling.jobs.prompt;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Something to have a model do with every document: the prompt, and what becomes of the text that the model writes. Needs no model itself. */
public interface Instruction extends Serializable {
    /** What the row's {@code method} says. */
    String name();

    /** Whether there is anything to do with this document. */
    default boolean takes(String document) {
        return !document.isBlank();
    }

    /** What the model reads, up to where it goes on. */
    String prompt(String document);

    /** All that the model may write; nothing where it writes freely. */
    default List<String> choices() {
        return List.of();
    }

    /** What the row gets, or nothing when the model wrote something else than was asked for. */
    default Optional<String> output(String written) {
        return Optional.of(written.strip()).filter(text -> !text.isEmpty());
    }

    /** What the model was to write, for the error of a row where it did not. */
    default String expected() {
        return "some text";
    }
}
