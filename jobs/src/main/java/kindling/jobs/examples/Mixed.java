package kindling.jobs.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import kindling.jobs.UserError;
import kindling.jobs.shard.Mixture;
import kindling.jobs.shard.TokenShards;
import kindling.model.Batch;
import kindling.prep.shard.Packing;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Several corpora as one: their sequences are numbered one corpus after the other, and come in a {@link MixedOrder}.
 *
 * @param counts sequences of each corpus in an epoch
 */
public record Mixed(List<Windows> corpora, List<Long> counts) implements Examples {
    public Mixed {
        corpora = List.copyOf(corpora);
        counts = List.copyOf(counts);
    }

    /**
     * The sequences of a mixture.
     *
     * @param packing of all corpora, or null: of each, what its manifest says
     * @throws UserError when no sequence of a corpus would come
     */
    public static Mixed of(JavaSparkContext context, Mixture mixture, Packing packing, int length) {
        List<Windows> corpora = new ArrayList<>();
        for (Mixture.Corpus corpus : mixture.corpora()) {
            Path folder = new Path(corpus.folder());
            Packing packed = packing != null ? packing : TokenShards.packing(folder);
            corpora.add(Windows.of(context, TokenShards.open(folder), packed, length));
        }
        long[] counts = Shares.counts(
                sizes(corpora),
                mixture.corpora().stream().mapToDouble(Mixture.Corpus::weight).toArray(),
                mixture.corpora().stream()
                        .mapToDouble(Mixture.Corpus::repetitions)
                        .toArray());
        requireSequences(mixture, corpora, counts);
        return new Mixed(corpora, Arrays.stream(counts).boxed().toList());
    }

    private static void requireSequences(Mixture mixture, List<Windows> corpora, long[] counts) {
        List<String> problems = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            Windows windows = corpora.get(c);
            if (windows.size() == 0) {
                problems.add(
                        "corpus %s makes no sequence of %d tokens: it has %d in %d shards; lower --sequence-length or try --packing document"
                                .formatted(
                                        mixture.corpora().get(c).name(),
                                        windows.length(),
                                        windows.shards().tokens(),
                                        windows.shards().shards().size()));
            }
        }
        for (int c = 0; c < counts.length && problems.isEmpty(); c++) {
            if (counts[c] == 0) {
                problems.add(
                        "no sequence of corpus %s comes in an epoch, of %d that it makes of %d tokens: mix it with more weight or repetitions"
                                .formatted(
                                        mixture.corpora().get(c).name(),
                                        corpora.get(c).size(),
                                        corpora.get(c).shards().tokens()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UserError(String.join("\n", problems));
        }
    }

    private static long[] sizes(List<Windows> corpora) {
        return corpora.stream().mapToLong(Windows::size).toArray();
    }

    @Override
    public long size() {
        return counts.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }

    @Override
    public LongUnaryOperator order(long seed) {
        return new MixedOrder(
                seed, sizes(corpora), counts.stream().mapToLong(Long::longValue).toArray())::at;
    }

    @Override
    public Reader open() {
        List<WindowReader> readers = corpora.stream().map(WindowReader::new).toList();
        int length = corpora.get(0).length();
        return new Reader() {
            @Override
            public Batch batch(long[] numbers) {
                Rows rows = new Rows(numbers.length, length);
                for (int row = 0; row < numbers.length; row++) {
                    read(readers, numbers[row], rows, row);
                }
                return rows.batch();
            }

            @Override
            public void close() {
                readers.forEach(WindowReader::close);
            }
        };
    }

    private void read(List<WindowReader> readers, long number, Rows rows, int row) {
        long left = number;
        int corpus = 0;
        while (left >= corpora.get(corpus).size()) {
            left -= corpora.get(corpus).size();
            corpus++;
        }
        readers.get(corpus).read(left, rows, row);
    }
}
