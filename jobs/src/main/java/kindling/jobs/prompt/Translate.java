package kindling.jobs.prompt;

/**
 * Translates each document.
 *
 * @param language to translate into, in English: {@code German}
 */
public record Translate(String language) implements Instruction {
    public Translate {
        if (language.isBlank()) {
            throw new IllegalArgumentException("--task translate needs the language to translate into: --to German");
        }
    }

    @Override
    public String name() {
        return "translate";
    }

    @Override
    public String prompt(String document) {
        return "Translate the text between the fences into %s.\n\n%s\n\nTranslation:"
                .formatted(language, Fence.around(document));
    }
}
