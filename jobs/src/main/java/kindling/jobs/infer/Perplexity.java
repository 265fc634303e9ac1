package kindling.jobs.infer;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import kindling.model.Batch;
import kindling.model.train.Learner;
import kindling.prep.token.Tokenizer;

/**
 * How surprised a model is by texts. Each text is read after the id that texts of the model begin with, or else an end-of-text id, and each of its
 * ids is predicted; its end is not, as is usual (L. Gao et al., "Language Model Evaluation Harness", 2021, {@code loglikelihood_rolling}). A text
 * that is longer than the model's context is read in windows of it.
 */
public final class Perplexity implements AutoCloseable {
    private final Learner learner;
    private final Tokenizer tokenizer;
    private final int context;
    private final int begin;
    private final int stride;

    /**
     * @param lossSum −ln p summed over tokens, nats
     * @param tokens predicted
     * @param bytes of the UTF-8 text
     */
    public record Surprise(double lossSum, long tokens, long bytes) implements Serializable {
        /** Of no text. */
        public static final Surprise NONE = new Surprise(0, 0, 0);

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

    /** With windows that do not overlap. */
    public Perplexity(Model model) {
        this(model, model.shape().contextLength());
    }

    /**
     * @param stride ids from one window to the next, 1 to the model's context; each id is predicted once, in the first window that has it.
     *     A smaller stride lets every id see more of what came before it, and costs as many times more
     */
    public Perplexity(Model model, int stride) {
        this.context = model.shape().contextLength();
        if (stride < 1 || stride > context) {
            throw new IllegalArgumentException(
                    "the stride of windows must be 1 to the model's context of %d, got %d".formatted(context, stride));
        }
        this.stride = stride;
        this.tokenizer = model.tokenizer().get();
        this.begin = model.begin().last(tokenizer.endOfText());
        this.learner = Learner.forEvaluation(model.shape(), 1, context);
        learner.parameters(model.parameters());
    }

    public Surprise of(String text) {
        int[] ids = tokenizer.encode(text);
        int[] all = new int[ids.length + 1];
        all[0] = begin;
        System.arraycopy(ids, 0, all, 1, ids.length);
        double lossSum = 0;
        int predicted = 0;
        for (int from = 0; predicted < ids.length; from += stride) {
            int end = Math.min(ids.length, from + context);
            lossSum += lossSum(all, from, end, predicted);
            predicted = end;
        }
        return new Surprise(lossSum, ids.length, text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Of those after {@code predicted} and up to {@code end}, seen from {@code from} on. */
    private double lossSum(int[] ids, int from, int end, int predicted) {
        int[] targets = Arrays.copyOfRange(ids, from + 1, end + 1);
        Arrays.fill(targets, 0, predicted - from, Batch.IGNORED);
        return learner.evaluate(new Batch(1, end - from, Arrays.copyOfRange(ids, from, end), targets))
                .lossSum();
    }

    @Override
    public void close() {
        learner.close();
    }
}
