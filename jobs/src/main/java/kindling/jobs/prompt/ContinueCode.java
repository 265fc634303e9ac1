package kindling.jobs.prompt;

import java.util.Optional;

/** Goes on where code ends: white space at the borders belongs to it. */
public record ContinueCode() implements Instruction {
    @Override
    public String name() {
        return "code";
    }

    @Override
    public String prompt(String document) {
        return document;
    }

    @Override
    public Optional<String> output(String written) {
        return Optional.of(written);
    }
}
