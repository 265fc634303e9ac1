package kindling.jobs.sql;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import kindling.jobs.infer.Continue;
import kindling.jobs.infer.Extract;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.Summarize;
import kindling.jobs.infer.SupportedOrExtract;
import kindling.jobs.io.InputPath;
import kindling.jobs.prompt.ContinueText;
import kindling.jobs.prompt.PlainPrompt;
import kindling.jobs.prompt.PromptTemplate;
import kindling.jobs.rows.Answer;
import kindling.jobs.rows.Task;
import kindling.model.generate.Decoding;
import kindling.prep.pii.Redactor;
import kindling.prep.token.Tokenizer;

/** What functions with one kind of settings need, loaded when the first row asks for it and kept as long as its executor lives. */
final class Loaded {
    private static final double LEAST_SUPPORT = 0.5; // as summarize has it
    private static final long SEED = 42; // as jobs have it; nothing is drawn

    /** By their settings, as a plan carries them. The only state of an executor that outlives a task, as weights must. */
    private static final ConcurrentHashMap<String, Loaded> ALL = new ConcurrentHashMap<>();

    private final Settings settings;
    private final Supplier<Redactor> redactor;
    private final Supplier<Model> model;
    private final Idle summarizing;
    private final Idle generating;

    private Loaded(Settings settings) {
        this.settings = settings;
        this.redactor = once(() -> new Redactor(settings.redaction()));
        this.model = once(() -> Model.read(new InputPath(settings.checkpoint())));
        this.summarizing = new Idle(settings.hasCheckpoint() ? this::supported : this::extractive);
        this.generating = new Idle(this::continuing);
    }

    static Loaded of(String settings) {
        return ALL.computeIfAbsent(settings, json -> new Loaded(Settings.parse(json)));
    }

    private static <T> Supplier<T> once(Supplier<T> made) {
        ConcurrentHashMap<String, T> only = new ConcurrentHashMap<>(); // makes it once, and again after a failure
        return () -> only.computeIfAbsent("", nothing -> made.get());
    }

    Redactor redactor() {
        return redactor.get();
    }

    Tokenizer tokenizer() {
        return model.get().tokenizer().get();
    }

    Optional<String> summary(String text) {
        return summarizing.output(text);
    }

    Optional<String> continuation(String text) {
        return generating.output(text);
    }

    private Decoding decoding() {
        return Decoding.greedy().withMaxNewTokens(settings.maxNewTokens());
    }

    private Task continuing() {
        return new Continue(
                model.get(),
                PlainPrompt.of(new PromptTemplate("{document}")),
                new ContinueText(),
                decoding(),
                false,
                1,
                SEED);
    }

    private Extract extractive() {
        return new Extract(false, settings.maxWords());
    }

    private Task supported() {
        PromptTemplate template =
                Model.template(new InputPath(settings.checkpoint())).orElse(PromptTemplate.SUMMARY);
        Summarize summarize =
                new Summarize(model.get(), template, decoding(), Summarize.Overlong.MAP, settings.maxWords(), 1, SEED);
        return new SupportedOrExtract(summarize, extractive(), LEAST_SUPPORT, settings.maxWords());
    }

    /** Tasks that nobody uses at the moment: each belongs to one thread at a time, and there are as many as ever asked at once. */
    private record Idle(Queue<Task> tasks, Supplier<Task> source) {
        Idle(Supplier<Task> source) {
            this(new ConcurrentLinkedQueue<>(), source);
        }

        Optional<String> output(String text) {
            Task task = Optional.ofNullable(tasks.poll()).orElseGet(source);
            try {
                List<Answer> answers = task.answer(List.of(new Task.Request("", text)));
                return Optional.ofNullable(answers.get(0).output());
            } finally {
                tasks.add(task);
            }
        }
    }
}
