package kindling.model.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.RowKernels;

/**
 * A model ready to write: parameters in memory, and a cache for a batch of prompts at a time.
 *
 * <p>Prompts of different lengths are decoded together; one that is done makes room for the next at once. The completion of a
 * prompt is a function of the prompt, its seed and the decoding alone: the same bits, ids and log-probability, in any batch, in
 * any order, with any company.
 *
 * <pre>{@code
 * PackedParameters shared = new PackedParameters(config, theta, Precision.FLOAT32);
 * try (Generator generator = new Generator(shared, 16)) {
 *     List<Completion> completions = generator.generate(prompts, seeds, Decoding.greedy().withMaxNewTokens(60));
 * }
 * }</pre>
 *
 * <p>Belongs to one thread, and computes on it; several that share the parameters may work at the same time.
 */
public final class Generator implements AutoCloseable {
    private final RowKernels kernels = RowKernels.create();
    private final Decoder decoder;
    private final Prefixes prefixes;
    private final TransformerConfig config;
    private final int batchSize;
    private long promptTokens;
    private long prefixTokens;

    /** {@link #Generator(PackedParameters, Prefixes, int)} that shares no prefixes. */
    public Generator(PackedParameters shared, int batchSize) {
        this(shared, new Prefixes(), batchSize);
    }

    /**
     * @param prefixes of generators with the same parameters
     * @param batchSize how many hypotheses are decoded together, which decides speed and memory but no result; multiples of 8
     *     waste nothing
     * @throws IllegalArgumentException when batchSize is below 1
     * @throws IllegalStateException when there is not enough memory
     */
    public Generator(PackedParameters shared, Prefixes prefixes, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch-size must be >= 1, got " + batchSize);
        }
        this.config = shared.config();
        this.prefixes = prefixes;
        this.batchSize = batchSize;
        this.decoder = new Decoder(shared, kernels);
    }

    /** {@link #generate(List, long[], Decoding, Guide)} where any id may follow. */
    public List<Completion> generate(List<int[]> prompts, long[] seeds, Decoding decoding) {
        return generate(prompts, seeds, decoding, Guide.FREE);
    }

    /**
     * Continues every prompt. What all prompts begin with is read once; the longest are begun first.
     *
     * @param prompts ids, at least one each
     * @param seeds one for each prompt; what {@code sample} draws depends on it
     * @param guide asked at every id of every completion
     * @return one completion for each prompt, in their order
     * @throws IllegalArgumentException when a prompt is empty, holds an id outside the vocabulary, or does not fit the context
     *     together with maxNewTokens; when there are not as many seeds as prompts; or when the decoding has stop strings or
     *     choices, and nobody to guide by them
     * @throws IllegalStateException when there is not enough memory for the cache
     */
    public List<Completion> generate(List<int[]> prompts, long[] seeds, Decoding decoding, Guide guide) {
        check(prompts, seeds, decoding, guide);
        Completion[] completions = new Completion[prompts.size()];
        if (!prompts.isEmpty()) {
            complete(prompts, seeds, decoding, guide, completions);
        }
        return Arrays.asList(completions);
    }

    private void complete(List<int[]> prompts, long[] seeds, Decoding decoding, Guide guide, Completion[] completions) {
        int[] order = longestFirst(prompts);
        int seats = Math.max(1, Math.min(batchSize / decoding.width(), order.length));
        int length = prompts.get(order[0]).length + decoding.maxNewTokens();
        KeyValueCache cache = new KeyValueCache(config, seats * decoding.width() + 1, length);
        Table table = new Table(decoder, cache, seats, decoding.width());
        share(prompts, table);
        Scores scores = new Scores(decoding, guide, config.vocabularySize(), kernels);
        int next = 0;
        while (next < order.length || !table.isEmpty()) {
            while (next < order.length && table.hasFreeSeat()) {
                int prompt = order[next++];
                Sequence sequence = new Sequence(prompts.get(prompt), decoding.maxNewTokens());
                table.admit(prompt, Search.start(sequence, seeds[prompt], decoding, scores));
            }
            table.step((prompt, search) -> completions[prompt] = search.completion());
        }
    }

    private static int[] longestFirst(List<int[]> prompts) {
        return IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> prompts.get(i).length)
                        .reversed())
                .mapToInt(i -> i)
                .toArray();
    }

    private void share(List<int[]> prompts, Table table) {
        int[] prefix = prefix(prompts);
        if (prompts.size() > 1 && prefix.length > 0) {
            prefixTokens += table.share(prefix, prefixes) + (long) prefix.length * (prompts.size() - 1);
        }
        promptTokens += prompts.stream().mapToLong(prompt -> prompt.length).sum();
    }

    /** What all of them begin with; at least one id of each is left. */
    private static int[] prefix(List<int[]> prompts) {
        int[] first = prompts.get(0);
        int length = first.length - 1;
        for (int[] prompt : prompts) {
            int different = Arrays.mismatch(first, prompt);
            length = Math.min(length, different < 0 ? length : Math.min(different, prompt.length - 1));
        }
        return Arrays.copyOf(first, length);
    }

    /** What this generator has done since it was made. */
    public Work work() {
        return new Work(promptTokens, prefixTokens, decoder.tokensRead(), decoder.rowsMultiplied());
    }

    private void check(List<int[]> prompts, long[] seeds, Decoding decoding, Guide guide) {
        boolean guided = !decoding.stop().isEmpty() || !decoding.choices().isEmpty();
        if (guided && guide.equals(Guide.FREE)) {
            throw new IllegalArgumentException(
                    "stop strings and choices are texts, prompts are ids: pass a Guide that knows the tokenizer");
        }
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
