package kindling.jobs.filter;

import java.util.List;
import kindling.jobs.infer.Model;
import kindling.jobs.infer.Perplexity;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.SharedTokenizer;
import kindling.prep.Document;
import kindling.prep.filter.Rule;
import kindling.prep.filter.RuleSet;
import kindling.prep.filter.Text;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * How surprised a checkpoint is by a document: {@code perplexity_per_token}, as {@code score} reports it, and {@code
 * perplexity_bits_per_byte}, which does not depend on how a tokenizer cuts the text and so compares languages and models
 * better. Neither has a bound of its own: what is usual depends on the checkpoint.
 *
 * <p>Source: G. Wenzek et al., "CCNet: Extracting High Quality Monolingual Datasets from Web Crawl Data" (2020), which keeps
 * the texts that a language model finds likely.
 */
record PerplexityRule(String digest, Shared<Model> model) implements LearnedRule {
    private static final String SOURCE = "under a checkpoint; Wenzek et al. 2020, CCNet";

    static PerplexityRule read(InputPath checkpoint) {
        Model.config(checkpoint);
        SharedTokenizer.read(checkpoint);
        return new PerplexityRule(Manifest.describe(checkpoint).stamp(), () -> Model.read(checkpoint));
    }

    @Override
    public RuleSet set() {
        LastSurprise last = new LastSurprise(model);
        return RuleSet.of(
                "perplexity",
                SOURCE,
                List.of(
                        unbounded("perplexity_per_token", last, Perplexity.Surprise::perplexity),
                        unbounded("perplexity_bits_per_byte", last, Perplexity.Surprise::bitsPerByte)));
    }

    /** One of the two ways to tell a surprise. */
    private interface Unit {
        double of(Perplexity.Surprise surprise);
    }

    private static Rule unbounded(String reason, LastSurprise last, Unit unit) {
        return Rule.atMost(reason, Double.POSITIVE_INFINITY, text -> unit.of(last.of(text)));
    }

    @Override
    public LearnedRule broadcast(JavaSparkContext context) {
        return new PerplexityRule(digest, context.broadcast(model.value())::value);
    }

    /** The surprise at one document, for both rules; the model's memory is taken when the first document comes. */
    private static final class LastSurprise {
        private final Shared<Model> model;
        private Perplexity perplexity;
        private Document document;
        private Perplexity.Surprise surprise;

        LastSurprise(Shared<Model> model) {
            this.model = model;
        }

        Perplexity.Surprise of(Text text) {
            if (!text.document().equals(document)) {
                document = text.document();
                surprise = perplexity().of(document.text());
            }
            return surprise;
        }

        private Perplexity perplexity() {
            if (perplexity == null) {
                perplexity = new Perplexity(model.value());
                TaskCompletionListener close = task -> perplexity.close();
                TaskContext.get().addTaskCompletionListener(close);
            }
            return perplexity;
        }
    }
}
