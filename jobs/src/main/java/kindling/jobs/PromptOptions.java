package kindling.jobs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.chat.ChatTemplateException;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.prompt.AnswerQuestion;
import kindling.jobs.prompt.ChatPrompt;
import kindling.jobs.prompt.Classify;
import kindling.jobs.prompt.ContinueCode;
import kindling.jobs.prompt.ContinueText;
import kindling.jobs.prompt.Example;
import kindling.jobs.prompt.Instruction;
import kindling.jobs.prompt.Keywords;
import kindling.jobs.prompt.PlainPrompt;
import kindling.jobs.prompt.Prompt;
import kindling.jobs.prompt.PromptTemplate;
import kindling.jobs.prompt.Translate;
import picocli.CommandLine.Option;

/** What a model is asked to do with each text, and how it is said. */
final class PromptOptions {
    /** The values of {@code --task}. */
    private static final Map<String, Function<PromptOptions, Instruction>> TASKS = new TreeMap<>(Map.of(
            "continue", options -> new ContinueText(),
            "code", options -> new ContinueCode(),
            "translate", options -> new Translate(options.language),
            "classify", options -> new Classify(options.labels),
            "sentiment", options -> Classify.SENTIMENT,
            "keywords", options -> new Keywords(options.maxKeywords),
            "answer", options -> new AnswerQuestion(options.question)));

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description =
                    "continue (the text), code (the same, white space kept), translate (--to), classify (--labels), sentiment,"
                            + " keywords (--max-keywords), answer (--question); default ${DEFAULT-VALUE}.")
    String task = "continue";

    @Option(names = "--to", paramLabel = "LANGUAGE", description = "translate: the language, as in German.")
    String language = "";

    @Option(names = "--labels", split = ",", paramLabel = "LIST", description = "classify: what to choose from.")
    List<String> labels = List.of();

    @Option(names = "--question", paramLabel = "TEXT", description = "answer: what is asked about each text.")
    String question = "";

    @Option(names = "--max-keywords", paramLabel = "N", description = "keywords: at most; default ${DEFAULT-VALUE}.")
    int maxKeywords = 10;

    @Option(
            names = "--template",
            description =
                    "plain: go on from the text; chat: answer it as a user's turn, by the checkpoint's chat template;"
                            + " default ${DEFAULT-VALUE}.")
    LessonOptions.Form form = LessonOptions.Form.PLAIN;

    @Option(
            names = "--prompt-template",
            description = "plain, continue: text around {document}; default: the text is the prompt.")
    String template;

    @Option(names = "--system", paramLabel = "TEXT", description = "What stands, or the system says, before all else.")
    String system = "";

    @Option(
            names = "--examples",
            paramLabel = "FILE",
            description = "JSON lines {document, output}: texts with the answers to give, shown before each text.")
    InputPath examples;

    /** Adds a sentence for each option that cannot work. */
    void check(List<String> problems, InputPath checkpoint, int contextLength, DecodingOptions decoding) {
        if (form == LessonOptions.Form.CHAT && template != null) {
            problems.add("--prompt-template is for --template plain");
        }
        if (template != null && !task.equals("continue")) {
            problems.add("--prompt-template is for --task continue: %s has a prompt of its own".formatted(task));
        }
        checkChoices(problems, decoding);
        if (!SharedTokenizer.isIn(checkpoint)) {
            return; // reading the checkpoint tells what it lacks, weights first
        }
        int maxNewTokens = decoding.maxNewTokens;
        try {
            int least = length(checkpoint);
            if (maxNewTokens < contextLength && least + maxNewTokens > contextLength) {
                problems.add("the prompt around a text takes %d and --max-new-tokens %d of the model's %d tokens"
                        .formatted(least - 1, maxNewTokens, contextLength));
            }
        } catch (ChatTemplateException e) {
            problems.add("the chat template of %s cannot be used: %s".formatted(checkpoint, e.getMessage()));
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkChoices(List<String> problems, DecodingOptions decoding) {
        List<String> labels = instruction().choices();
        if (!labels.isEmpty() && !decoding.choices.isEmpty()) {
            problems.add(
                    "--task %s answers with one of %s: for others give --task classify --labels %s, without --choices"
                            .formatted(task, String.join(", ", labels), String.join(",", decoding.choices)));
        }
        if (decoding.minNewTokens > 0 && !(labels.isEmpty() && decoding.choices.isEmpty())) {
            problems.add(
                    "--min-new-tokens is for answers that are written freely, not for one of some choices: leave it out");
        }
    }

    /** Ids of the shortest prompt. */
    private int length(InputPath checkpoint) {
        return prompt(checkpoint)
                .encoder(SharedTokenizer.read(checkpoint).get(), new int[0])
                .apply(instruction().prompt("a"))
                .length;
    }

    Instruction instruction() {
        Function<PromptOptions, Instruction> made = TASKS.get(task);
        if (made == null) {
            throw new IllegalArgumentException(
                    "--task is one of %s, got %s".formatted(String.join(", ", TASKS.keySet()), task));
        }
        return made.apply(this);
    }

    Prompt prompt(InputPath checkpoint) {
        List<Example> shown = examples == null ? List.of() : shown(instruction());
        return form == LessonOptions.Form.CHAT
                ? new ChatPrompt(chat(checkpoint), system, shown)
                : new PlainPrompt(new PromptTemplate(template == null ? "{document}" : template), system, shown);
    }

    /** Examples are asked about as texts are. */
    private List<Example> shown(Instruction instruction) {
        return Example.read(examples).stream()
                .map(example -> new Example(instruction.prompt(example.document()), example.answer()))
                .toList();
    }

    private static ChatTemplate chat(InputPath checkpoint) {
        return ChatTemplate.in(checkpoint)
                .orElseThrow(() -> new UserError(
                        "%s has no chat template: --template chat is for checkpoints that were taught with one"
                                .formatted(checkpoint)));
    }
}
