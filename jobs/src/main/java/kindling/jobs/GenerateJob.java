package kindling.jobs;

import java.util.List;
import kindling.jobs.infer.Continue;
import kindling.jobs.infer.Model;
import kindling.jobs.io.InputPath;
import kindling.jobs.prompt.Instruction;
import kindling.jobs.prompt.Prompt;
import kindling.jobs.rows.Inference.TaskSource;
import kindling.model.generate.Decoding;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a checkpoint writes after every row of a table. */
@Command(name = "generate", description = "Have a checkpoint continue the text of every row, or do something with it.")
final class GenerateJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    PromptOptions prompts;

    @Mixin
    DecodingOptions decoding;

    @Mixin
    RowOptions rows;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "A checkpoint with its tokenizer.json.")
    InputPath checkpoint;

    @Option(
            names = "--log-probabilities",
            description =
                    "Adds log_probabilities: of each token that was written, the natural logarithm of its probability"
                            + " before temperature and all else of decoding.")
    boolean logProbabilities;

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
        try {
            int context = Model.config(checkpoint).contextLength();
            decoding.checkFits(problems, context);
            prompts.check(problems, checkpoint, context, decoding);
        } catch (UserError | IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Run run) {
        Broadcast<Model> model = JavaSparkContext.fromSparkContext(run.spark().sparkContext())
                .broadcast(Model.read(checkpoint, decoding.weights));
        rows.answer(run, documents, tasks(model), decoding.draws(), logProbabilities, "text", "prompt", "document");
    }

    private TaskSource tasks(Broadcast<Model> model) {
        Prompt prompt = prompts.prompt(checkpoint);
        Instruction instruction = prompts.instruction();
        Decoding how = decoding.decoding();
        int batchSize = decoding.batchSize;
        long seed = common.seed;
        boolean scored = logProbabilities;
        return () -> new Continue(model.value(), prompt, instruction, how, scored, batchSize, seed);
    }
}
