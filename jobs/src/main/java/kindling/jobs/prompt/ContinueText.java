package kindling.jobs.prompt;

import java.util.Optional;

/** Goes on where a text ends. */
public record ContinueText() implements Instruction {
    @Override
    public String name() {
        return "generate";
    }

    /** White space is a beginning like any other, and so is nothing where the model's texts have begin ids. */
    @Override
    public boolean takes(String document) {
        return true;
    }

    @Override
    public String prompt(String document) {
        return document;
    }

    @Override
    public Optional<String> output(String written) {
        return Optional.of(written.strip());
    }
}
