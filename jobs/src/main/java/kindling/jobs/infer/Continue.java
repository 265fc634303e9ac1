package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kindling.model.generate.Completion;
import kindling.model.generate.Decoding;

/**
 * Continues each text, put into a prompt template, behind the ids that texts of the model begin with. A prompt that does not fit the context is an
 * error, never cut.
 */
public final class Continue implements Task {
    private static final String METHOD = "generate";

    private final Writer writer;
    private final PromptTemplate template;
    private final BeginIds begin;

    public Continue(Model model, PromptTemplate template, Decoding decoding, int batchSize, long seed) {
        this.writer = new Writer(model, decoding, batchSize, seed);
        this.template = template;
        this.begin = model.begin();
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<Optional<Answer>> failures = new ArrayList<>();
        List<int[]> prompts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Request request : requests) {
            int[] prompt = prompt(request);
            Optional<Answer> failure = failure(request, prompt);
            failures.add(failure);
            if (failure.isEmpty()) {
                prompts.add(prompt);
                ids.add(request.id());
            }
        }
        List<Completion> completions = writer.write(prompts, ids);
        List<Answer> answers = new ArrayList<>();
        int next = 0;
        for (Optional<Answer> failure : failures) {
            if (failure.isPresent()) {
                answers.add(failure.get());
            } else {
                answers.add(answer(prompts.get(next), completions.get(next)));
                next++;
            }
        }
        return answers;
    }

    private int[] prompt(Request request) {
        if (request.text() == null) {
            return new int[0];
        }
        int[] text = template.ids(writer.tokenizer(), writer.tokenizer().encode(request.text()), Integer.MAX_VALUE);
        return begin.before(text);
    }

    private Optional<Answer> failure(Request request, int[] prompt) {
        if (request.text() == null || prompt.length == 0) {
            return Optional.of(Answer.failed(METHOD, "EmptyInput: there is no text to go on from"));
        }
        return prompt.length <= writer.room()
                ? Optional.empty()
                : Optional.of(Answer.failed(
                        METHOD,
                        "PromptTooLong: %d tokens, at most %d fit beside --max-new-tokens"
                                .formatted(prompt.length, writer.room())));
    }

    private Answer answer(int[] prompt, Completion completion) {
        return new Answer(
                writer.text(completion),
                null,
                completion.stopped() ? "stop" : "length",
                prompt.length,
                completion.ids().length,
                METHOD,
                1,
                0,
                null);
    }

    @Override
    public void close() {
        writer.close();
    }
}
