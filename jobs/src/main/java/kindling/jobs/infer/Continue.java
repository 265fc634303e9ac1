package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kindling.jobs.chat.ChatEncoder;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.chat.ChatTemplateException;
import kindling.jobs.chat.Message;
import kindling.model.generate.Completion;
import kindling.model.generate.Decoding;

/**
 * Continues each text: put into a prompt template, behind the ids that texts of the model begin with, or as what a user says to it. A prompt that
 * does not fit the context is an error, never cut.
 */
public final class Continue implements Task {
    private static final String METHOD = "generate";
    private static final int[] NOTHING = {};

    private final Writer writer;
    private final Function<String, int[]> prompts;

    public Continue(Model model, PromptTemplate template, Decoding decoding, int batchSize, long seed) {
        this.writer = new Writer(model, decoding, batchSize, seed);
        BeginIds begin = model.begin();
        this.prompts = text ->
                begin.before(template.ids(writer.tokenizer(), writer.tokenizer().encode(text), Integer.MAX_VALUE));
    }

    public Continue(Model model, ChatTemplate template, Decoding decoding, int batchSize, long seed) {
        this.writer = new Writer(model, decoding, batchSize, seed);
        ChatEncoder encoder = new ChatEncoder(template, writer.tokenizer());
        this.prompts = text -> encoder.prompt(List.of(Message.user(text)));
    }

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<Optional<Answer>> failures = new ArrayList<>();
        List<int[]> prompts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Request request : requests) {
            int[] prompt = prompt(request);
            Optional<Answer> failure = failure(prompt);
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
        try {
            return request.text() == null ? NOTHING : prompts.apply(request.text());
        } catch (ChatTemplateException e) {
            return NOTHING;
        }
    }

    private Optional<Answer> failure(int[] prompt) {
        if (prompt.length == 0) {
            return Optional.of(Answer.failed(
                    METHOD, "EmptyInput: there is no text to go on from, or none that the chat template takes"));
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
