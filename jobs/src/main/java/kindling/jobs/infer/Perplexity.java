package kindling.jobs.infer;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import kindling.model.Batch;
import kindling.model.train.Learner;
import kindling.prep.token.Tokenizer;

/**
 * How surprised a model is by texts. Each text is read after the id that texts of the model begin with, or else an end-of-text id, and predicted to
 * its own end, in windows of the model's context that do not overlap.
 */
public final class Perplexity implements AutoCloseable {
    private final Learner learner;
    private final Tokenizer tokenizer;
    private final int context;
    private final int begin;

    /**
     * @param lossSum −ln p summed over tokens, nats
     * @param tokens predicted, the end included
     * @param bytes of the UTF-8 text
     */
    public record Surprise(double lossSum, long tokens, long bytes) implements Serializable {
        public Surprise plus(Surprise other) {
            return new Surprise(lossSum + other.lossSum, tokens + other.tokens, bytes + other.bytes);
        }

        public double perplexity() {
            return Math.exp(lossSum / Math.max(1, tokens));
        }

        public double bitsPerByte() {
            return lossSum / Math.log(2) / Math.max(1, bytes);
        }
    }

    public Perplexity(Model model) {
        this.context = model.shape().contextLength();
        this.tokenizer = model.tokenizer().get();
        this.begin = model.begin().last(tokenizer.endOfText());
        this.learner = Learner.forEvaluation(model.shape(), 1, context);
        learner.parameters(model.parameters());
    }

    public Surprise of(String text) {
        int[] ids = tokenizer.encode(text);
        int[] all = new int[ids.length + 2];
        all[0] = begin;
        System.arraycopy(ids, 0, all, 1, ids.length);
        all[ids.length + 1] = tokenizer.endOfText();
        double lossSum = 0;
        for (int from = 0; from < all.length - 1; from += context) {
            int[] window = Arrays.copyOfRange(all, from, Math.min(all.length, from + context + 1));
            lossSum += learner.evaluate(Batch.of(new int[][] {window})).lossSum();
        }
        return new Surprise(lossSum, all.length - 1, text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void close() {
        learner.close();
    }
}
