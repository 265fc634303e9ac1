package kindling.jobs.infer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import kindling.jobs.chat.ChatTemplateException;
import kindling.jobs.prompt.Instruction;
import kindling.jobs.prompt.Prompt;
import kindling.jobs.rows.Answer;
import kindling.jobs.rows.Task;
import kindling.model.generate.Completion;
import kindling.model.generate.Decoding;
import kindling.model.generate.Work;

/** Has a model go on after the prompt of each text. A prompt that does not fit the context is an error, never cut. */
public final class Continue implements Task {
    private final Writer writer;
    private final Instruction instruction;
    private final boolean logProbabilities;
    private final Function<String, int[]> prompts;

    /** @param logProbabilities whether answers say how likely the model holds them */
    public Continue(
            Model model,
            Prompt prompt,
            Instruction instruction,
            Decoding decoding,
            boolean logProbabilities,
            int batchSize,
            long seed) {
        this.writer = new Writer(model, bound(decoding, prompt, instruction), batchSize, seed);
        this.instruction = instruction;
        this.logProbabilities = logProbabilities;
        this.prompts = prompt.encoder(writer.tokenizer(), model.begin().ids());
    }

    /** A decoding of what the instruction lets be written. */
    private static Decoding bound(Decoding decoding, Prompt prompt, Instruction instruction) {
        List<String> choices =
                instruction.choices().stream().map(prompt::answer).toList();
        return choices.isEmpty() ? decoding : decoding.withChoices(choices);
    }

    /** A prompt, or why there is none. */
    @SuppressWarnings("ArrayRecordComponent") // on its way to the model, never compared
    private record Asked(int[] ids, Optional<Answer> failure) {}

    @Override
    public List<Answer> answer(List<Request> requests) {
        List<int[]> prompts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<Asked> all = requests.stream().map(this::asked).toList();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).failure.isEmpty()) {
                prompts.add(all.get(i).ids);
                ids.add(requests.get(i).id());
            }
        }
        Iterator<Completion> completions = writer.write(prompts, ids).iterator();
        return all.stream()
                .map(asked -> asked.failure.orElseGet(() -> answer(asked.ids, completions.next())))
                .toList();
    }

    private Asked asked(Request request) {
        if (!instruction.takes(request.text())) {
            return empty();
        }
        try {
            int[] ids = prompts.apply(instruction.prompt(request.text()));
            if (ids.length == 0) {
                return empty();
            }
            return ids.length <= writer.room()
                    ? new Asked(ids, Optional.empty())
                    : refused("PromptTooLong: %d tokens, at most %d fit beside --max-new-tokens"
                            .formatted(ids.length, writer.room()));
        } catch (ChatTemplateException e) {
            return refused("ChatTemplateException: the chat template does not take this text");
        }
    }

    private Asked empty() {
        return refused("EmptyInput: there is no text to go on from");
    }

    private Asked refused(String error) {
        return new Asked(new int[0], Optional.of(Answer.failed(instruction.name(), error)));
    }

    private Answer answer(int[] prompt, Completion completion) {
        Optional<String> output = instruction.output(writer.written(completion));
        String reason = completion.stopped() ? "stop" : "length";
        Answer answer = new Answer(
                output.orElse(null),
                output.isPresent() ? null : "UnreadableAnswer: the model did not write " + instruction.expected(),
                output.isPresent() ? reason : "error",
                prompt.length,
                completion.ids().length,
                instruction.name(),
                1,
                0,
                null);
        return logProbabilities && output.isPresent() ? answer.withLogProbabilities(ofEachId(completion)) : answer;
    }

    /** Without that of the end id, which is not among the ids. */
    private static List<Double> ofEachId(Completion completion) {
        return DoubleStream.of(completion.logProbabilities())
                .limit(completion.ids().length)
                .boxed()
                .toList();
    }

    @Override
    public Work work() {
        return writer.work();
    }

    @Override
    public void close() {
        writer.close();
    }
}
