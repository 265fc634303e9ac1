package kindling.jobs.prompt;

/** Answers one question about each document. */
public record AnswerQuestion(String question) implements Instruction {
    public AnswerQuestion {
        if (question.isBlank()) {
            throw new IllegalArgumentException(
                    "--task answer needs what is asked about each document: --question TEXT");
        }
    }

    @Override
    public String name() {
        return "answer";
    }

    @Override
    public String prompt(String document) {
        return "Read the text between the fences, then answer the question about it.\n\n%s\n\nQuestion: %s\nAnswer:"
                .formatted(Fence.around(document), question);
    }
}
