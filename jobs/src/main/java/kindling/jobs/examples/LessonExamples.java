package kindling.jobs.examples;

import kindling.model.Batch;

/**
 * {@link Lesson}s in token shards, each a document of marked ids: {@link kindling.prep.shard.Packing#DOCUMENT} gives each a sequence of its own, {@link
 * kindling.prep.shard.Packing#BEST_FIT} puts several into one. Batches are as long as their last prediction asks for.
 *
 * @param windows of the marked ids; no lesson is longer than a sequence
 */
public record LessonExamples(Windows windows) implements Examples {
    @Override
    public long size() {
        return windows.size();
    }

    @Override
    public Reader open() {
        Reader reader = windows.open();
        return new Reader() {
            @Override
            public Batch batch(long[] numbers) {
                return taught(reader.batch(numbers));
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /** The same batch of ids instead of marked ones; what is not marked is no target. What follows the last target of all rows is left out. */
    private static Batch taught(Batch marked) {
        int length = usedLength(marked);
        int[] inputs = cut(marked, marked.inputs(), length);
        int[] targets = cut(marked, marked.targets(), length);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] /= 2;
            targets[i] = isPredicted(targets[i]) ? targets[i] / 2 : Batch.IGNORED;
        }
        return new Batch(marked.rows(), length, inputs, targets, cut(marked, marked.documents(), length));
    }

    private static boolean isPredicted(int target) {
        return target % 2 == 1; // IGNORED is even
    }

    private static int usedLength(Batch marked) {
        int used = 1;
        for (int i = 0; i < marked.targets().length; i++) {
            if (isPredicted(marked.targets()[i])) {
                used = Math.max(used, i % marked.length() + 1);
            }
        }
        return used;
    }

    /** The first positions of each row. */
    private static int[] cut(Batch batch, int[] values, int length) {
        int[] cut = new int[batch.rows() * length];
        for (int row = 0; row < batch.rows(); row++) {
            System.arraycopy(values, row * batch.length(), cut, row * length, length);
        }
        return cut;
    }
}
