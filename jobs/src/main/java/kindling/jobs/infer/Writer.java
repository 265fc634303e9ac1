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
import kindling.model.generate.Work;
import kindling.prep.token.Tokenizer;

/** A model that continues prompts, on an executor; the pieces that tasks share. Each row draws by a seed of its own. */
final class Writer implements AutoCloseable {
    private final Generator generator;
    private final Tokenizer tokenizer;
    private final Decoding decoding;
    private final TextGuide guide;
    private final List<Integer> ends;
    private final int context;
    private final long seed;

    Writer(Model model, Decoding decoding, int batchSize, long seed) {
        this.generator = new Generator(model.packed(), model.weights().prefixes(), batchSize);
        this.tokenizer = model.tokenizer().get();
        this.ends = model.ends();
        this.guide = new TextGuide(tokenizer, ends, decoding.stop(), decoding.choices());
        this.decoding =
                decoding.withEndId(ends.get(0)).withMaxNewTokens(guide.mostIds().orElse(decoding.maxNewTokens()));
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
                : generator.generate(new ArrayList<>(prompts), seeds, decoding, guide).stream()
                        .map(this::ended)
                        .toList();
    }

    /** Without an end id other than the decoding's, which the generator leaves out itself. */
    private Completion ended(Completion completion) {
        int[] ids = completion.ids();
        int last = ids.length - 1;
        return last >= 0 && ends.contains(ids[last])
                ? new Completion(Arrays.copyOf(ids, last), true, completion.logProbabilities())
                : completion;
    }

    private long seed(String rowId) {
        CRC32C low = new CRC32C();
        low.update(rowId.getBytes(StandardCharsets.UTF_8));
        CRC32C high = new CRC32C();
        high.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
        high.update(rowId.getBytes(StandardCharsets.UTF_8));
        return high.getValue() << 32 | low.getValue();
    }

    /** What it wrote, before a stop string. */
    String text(Completion completion) {
        return written(completion).strip();
    }

    /** The same with the white space around it. */
    String written(Completion completion) {
        return guide.text(completion.ids());
    }

    /** What was done for all prompts so far. */
    Work work() {
        return generator.work();
    }

    @Override
    public void close() {
        generator.close();
    }
}
