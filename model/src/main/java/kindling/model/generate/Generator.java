package kindling.model.generate;

import java.util.Arrays;
import java.util.List;
import kindling.model.TransformerConfig;
import kindling.model.tensor.RowKernels;

/**
 * A model ready to write: parameters in memory, and a cache for a batch of prompts at a time.
 *
 * <p>Prompts of different lengths are decoded together; one that is done makes room for the next at once. The completion of a
 * prompt is a function of the prompt, its seed and the decoding alone: the same bits, ids and log-probability, in any batch, in
 * any order, with any company.
 *
 * <pre>{@code
 * try (Generator generator = new Generator(config, theta, 16)) {
 *     List<Completion> completions = generator.generate(prompts, seeds, Decoding.greedy().withMaxNewTokens(60));
 * }
 * }</pre>
 *
 * <p>Belongs to one thread, and computes on it; several may work at the same time, each with its own copy of the parameters.
 */
public final class Generator implements AutoCloseable {
    private final RowKernels kernels = RowKernels.create();
    private final Decoder decoder;
    private final TransformerConfig config;
    private final int batchSize;

    /**
     * @param theta all parameters, in the order of {@link kindling.model.Layout}; copied
     * @param batchSize how many hypotheses are decoded together, which decides speed and memory but no result; multiples of 16
     *     waste nothing
     * @throws IllegalArgumentException when batchSize is below 1 or theta has another length than the shape says
     * @throws IllegalStateException when there is not enough memory
     */
    public Generator(TransformerConfig config, float[] theta, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch-size must be >= 1, got " + batchSize);
        }
        this.config = config;
        this.batchSize = batchSize;
        this.decoder = new Decoder(config, theta, kernels);
    }

    /**
     * Continues every prompt.
     *
     * @param prompts ids, at least one each
     * @param seeds one for each prompt; what {@code sample} draws depends on it
     * @return one completion for each prompt, in their order
     * @throws IllegalArgumentException when a prompt is empty, holds an id outside the vocabulary, or does not fit the context
     *     together with maxNewTokens; or when there are not as many seeds as prompts
     * @throws IllegalStateException when there is not enough memory for the cache
     */
    public List<Completion> generate(List<int[]> prompts, long[] seeds, Decoding decoding) {
        check(prompts, seeds, decoding);
        int seats = Math.max(1, Math.min(batchSize / decoding.width(), prompts.size()));
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
        int length = longest + decoding.maxNewTokens();
        Completion[] completions = new Completion[prompts.size()];
        try (KeyValueCache cache = new KeyValueCache(config, seats * decoding.width(), length)) {
            Scores scores = new Scores(decoding, config.vocabularySize(), kernels);
            Table table = new Table(decoder, cache, seats, decoding.width());
            int next = 0;
            while (next < prompts.size() || !table.isEmpty()) {
                while (next < prompts.size() && table.hasFreeSeat()) {
                    Sequence sequence = new Sequence(prompts.get(next), decoding.maxNewTokens());
                    table.admit(next, Search.start(sequence, seeds[next], decoding, scores));
                    next++;
                }
                table.step((prompt, search) -> completions[prompt] = search.completion());
            }
        }
        return Arrays.asList(completions);
    }

    private void check(List<int[]> prompts, long[] seeds, Decoding decoding) {
        if (seeds.length != prompts.size()) {
            throw new IllegalArgumentException(
                    "every prompt needs one seed, got " + seeds.length + " seeds for " + prompts.size() + " prompts");
        }
        if (decoding.endId() >= config.vocabularySize()) {
            throw new IllegalArgumentException("the end id must be below the vocabulary size " + config.vocabularySize()
                    + ", got " + decoding.endId() + ": the model belongs to another tokenizer");
        }
        for (int i = 0; i < prompts.size(); i++) {
            check(i, prompts.get(i), decoding);
        }
    }

    private void check(int index, int[] prompt, Decoding decoding) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("prompt " + index + " is empty: begin it with the end-of-text id");
        }
        if (prompt.length + (long) decoding.maxNewTokens() > config.contextLength()) {
            throw new IllegalArgumentException("prompt " + index + " has " + prompt.length + " ids, with "
                    + decoding.maxNewTokens() + " new ones more than the context of " + config.contextLength()
                    + ": shorten the prompt or lower --max-new-tokens");
        }
        for (int id : prompt) {
            if (id < 0 || id >= config.vocabularySize()) {
                throw new IllegalArgumentException("prompt " + index + " has the id " + id + ", ids are 0 ... "
                        + (config.vocabularySize() - 1) + ": the prompt was encoded with another tokenizer");
            }
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
