package kindling.jobs;

import java.util.List;
import kindling.jobs.infer.Extract;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.Summarize;
import kindling.jobs.infer.SupportedOrExtract;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.prompt.PromptTemplate;
import kindling.jobs.rows.Inference.TaskSource;
import kindling.model.generate.Decoding;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A summary of every document of a collection. */
@Command(name = "summarize", description = "Summarize every document.")
final class SummarizeJob implements Job {
    private static final List<String> METHODS = List.of("auto", "abstractive", "extractive", "lead");

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    DecodingOptions decoding;

    @Mixin
    RowOptions rows;

    @Option(names = "--checkpoint", paramLabel = "DIR", description = "The model of auto and abstractive.")
    InputPath checkpoint;

    @Option(
            names = "--method",
            description =
                    "abstractive: the model's; extractive: central sentences; lead: the first sentence; auto: the model's, with"
                            + " sentences of the document in place of those that it does not support; default"
                            + " ${DEFAULT-VALUE}.")
    String method = "auto";

    @Option(names = "--max-words", description = "Longest summary; default ${DEFAULT-VALUE}.")
    int maxWords = 60;

    @Option(
            names = "--least-support",
            description =
                    "auto: support that a sentence must have to stay, 0 to 1; its numbers and names must stand in the document"
                            + " whatever it is; default ${DEFAULT-VALUE}.")
    double leastSupport = 0.5;

    @Option(
            names = "--long",
            description =
                    "Documents longer than the context: map (summarize pieces, then their summaries) or head (read the beginning"
                            + " only; dropped_spans says what was not read); default ${DEFAULT-VALUE}.")
    Summarize.Overlong longInput = Summarize.Overlong.MAP;

    @Option(
            names = "--prompt-template",
            description = "Text around {document}; default: what the checkpoint was fine-tuned with.")
    String template;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        decoding.check(problems);
        rows.check(problems);
        if (!METHODS.contains(method)) {
            problems.add("--method is one of %s, got %s".formatted(String.join(", ", METHODS), method));
        }
        if (maxWords < 1 || !(leastSupport >= 0 && leastSupport <= 1)) {
            problems.add("--max-words must be >= 1 and --least-support in 0 … 1, got %d and %s"
                    .formatted(maxWords, leastSupport));
        }
        if (needsModel()) {
            checkModel(problems);
        }
    }

    private boolean needsModel() {
        return method.equals("auto") || method.equals("abstractive");
    }

    private void checkModel(List<String> problems) {
        if (checkpoint == null) {
            problems.add("--method %s needs --checkpoint; extractive and lead do not".formatted(method));
            return;
        }
        try {
            int context = Model.config(checkpoint).contextLength();
            decoding.checkFits(problems, context);
            int around = template().length(SharedTokenizer.read(checkpoint).get());
            if (around + decoding.maxNewTokens >= context) {
                problems.add(
                        "--prompt-template takes %d and --max-new-tokens %d of the model's %d tokens: none is left for a document"
                                .formatted(around, decoding.maxNewTokens, context));
            }
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private PromptTemplate template() {
        return template != null
                ? new PromptTemplate(template)
                : Model.template(checkpoint).orElse(PromptTemplate.SUMMARY);
    }

    @Override
    public void run(Run run) {
        rows.answer(
                run,
                documents,
                needsModel() ? writing(run) : extracting(),
                needsModel() && decoding.draws(),
                false,
                "document",
                "text");
    }

    private TaskSource extracting() {
        boolean lead = method.equals("lead");
        int words = maxWords;
        return () -> new Extract(lead, words);
    }

    private TaskSource writing(Run run) {
        Broadcast<Model> model = JavaSparkContext.fromSparkContext(run.spark().sparkContext())
                .broadcast(Model.read(checkpoint, decoding.weights));
        PromptTemplate around = template();
        Decoding how = decoding.decoding();
        Summarize.Overlong cut = longInput;
        int words = maxWords;
        int batchSize = decoding.batchSize;
        long seed = common.seed;
        if (method.equals("abstractive")) {
            return () -> new Summarize(model.value(), around, how, cut, words, batchSize, seed);
        }
        double support = leastSupport;
        return () -> new SupportedOrExtract(
                new Summarize(model.value(), around, how, cut, words, batchSize, seed),
                new Extract(false, words),
                support,
                words);
    }
}
