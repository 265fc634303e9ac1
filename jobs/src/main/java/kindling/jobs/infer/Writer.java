package kindling.jobs.infer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import kindling.model.generate.Completion;
import kindling.model.generate.Decoding;
import kindling.model.generate.Generator;
import kindling.prep.token.Tokenizer;

/** A model that continues prompts, on an executor; the pieces that tasks share. Each row draws by a seed of its own. */
final class Writer implements AutoCloseable {
    private final Generator generator;
    private final Tokenizer tokenizer;
    private final Decoding decoding;
    private final List<Integer> ends;
    private final int context;
    private final long seed;

    Writer(Model model, Decoding decoding, int batchSize, long seed) {
        this.generator = new Generator(model.shape(), model.parameters(), batchSize);
        this.tokenizer = model.tokenizer().get();
        this.decoding = decoding.withEndId(model.ends().get(0));
        this.ends = model.ends();
        this.context = model.shape().contextLength();
        this.seed = seed;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Ids that a prompt may have, so that the longest answer still fits the context. */
    int room() {
        return context - decoding.maxNewTokens();
    }

    /** What the model writes after each prompt. */
    List<Completion> write(List<int[]> prompts, List<String> rowIds) {
        long[] seeds = rowIds.stream().mapToLong(this::seed).toArray();
        return prompts.isEmpty()
                ? Collections.emptyList()
                : generator.generate(new ArrayList<>(prompts), seeds, decoding).stream()
                        .map(this::ended)
                        .toList();
    }

    /** Without what comes after an end that the generator does not stop at. */
    private Completion ended(Completion completion) {
        int[] ids = completion.ids();
        int end = 0;
        while (end < ids.length && !ends.contains(ids[end])) {
            end++;
        }
        return end == ids.length
                ? completion
                : new Completion(Arrays.copyOf(ids, end), true, completion.logProbability());
    }

    private long seed(String rowId) {
        CRC32C low = new CRC32C();
        low.update(rowId.getBytes(StandardCharsets.UTF_8));
        CRC32C high = new CRC32C();
        high.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
        high.update(rowId.getBytes(StandardCharsets.UTF_8));
        return high.getValue() << 32 | low.getValue();
    }

    String text(Completion completion) {
        return written(completion).strip();
    }

    /** The same with the white space around it. */
    String written(Completion completion) {
        return tokenizer.decode(completion.ids(), true);
    }

    @Override
    public void close() {
        generator.close();
    }
}
