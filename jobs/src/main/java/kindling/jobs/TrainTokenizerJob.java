package kindling.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kindling.jobs.io.Documents;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.prep.bpe.BpeTrainer;
import kindling.prep.token.Tokenizer;
import kindling.prep.words.Pretokenizer;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts words on the cluster, merges pairs on the driver: a byte-level BPE tokenizer, exact, whatever the partitions. */
@Command(name = "train-tokenizer", description = "Train a byte-level BPE tokenizer on documents.")
final class TrainTokenizerJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(names = "--vocab-size", description = "Number of tokens, special ones included; default ${DEFAULT-VALUE}.")
    int vocabularySize = 8192;

    @Option(names = "--pattern", description = "How text is cut into words first: gpt2; default ${DEFAULT-VALUE}.")
    String pattern = "gpt2";

    @Option(names = "--special-tokens", split = ",", paramLabel = "LIST", description = "Tokens with ids of their own.")
    List<String> specialTokens = List.of(Tokenizer.END_OF_TEXT);

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        try {
            Pretokenizer.named(pattern);
            BpeTrainer.train(Map.of(), vocabularySize, pattern, specialTokens);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    @Override
    public void run(Run run) {
        run.partitions(documents.input);
        String name = pattern;
        FlatMapFunction<Row, String> words =
                row -> words(Pretokenizer.named(name), row.getString(0)).iterator();
        Dataset<Row> counts = Documents.read(run.spark(), documents.input)
                .documents()
                .select(Documents.TEXT)
                .flatMap(words, Encoders.STRING())
                .groupBy("value")
                .count();
        Map<String, Long> table = new HashMap<>();
        counts.toLocalIterator().forEachRemaining(row -> table.put(row.getString(0), row.getLong(1)));
        run.report().phase("count words");
        Tokenizer tokenizer = BpeTrainer.train(table, vocabularySize, pattern, specialTokens);
        Storage.write(run.file(SharedTokenizer.FILE), tokenizer.json());
        run.report()
                .phase("merge pairs")
                .put("distinct_words", table.size())
                .put("words", table.values().stream().mapToLong(Long::longValue).sum())
                .put("vocabulary_size", tokenizer.size());
    }

    private static List<String> words(Pretokenizer pretokenizer, String text) {
        List<String> words = new ArrayList<>();
        pretokenizer.words(text, words::add);
        return words;
    }
}
