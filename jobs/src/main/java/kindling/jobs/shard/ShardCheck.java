package kindling.jobs.shard;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kindling.jobs.UserError;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.prep.shard.TokenShard;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads token shards again, on executors, and tells where they are not what their manifest says. */
public final class ShardCheck implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int CHUNK = 1 << 20; // ids read at once

    private final TokenShards shards;
    private final int endOfText;

    private ShardCheck(TokenShards shards, int endOfText) {
        this.shards = shards;
        this.endOfText = endOfText;
    }

    /**
     * What was found.
     *
     * @param problems one line each, with the remedy; empty when all is well
     */
    public record Found(TokenShards shards, List<String> problems) {}

    /** @throws UserError when the folder has no manifest that tells of shards */
    public static Found of(SparkSession spark, Path folder) {
        Forgetting.refuseUnfinished(folder);
        TokenShards shards = TokenShards.described(folder);
        List<String> problems = new ArrayList<>(shards.missing());
        SharedTokenizer tokenizer = tokenizer(folder, shards, problems);
        if (problems.isEmpty() && tokenizer != null) {
            ShardCheck check = new ShardCheck(shards, tokenizer.get().endOfText());
            problems.addAll(check.contents(JavaSparkContext.fromSparkContext(spark.sparkContext())));
            problems.addAll(problems.isEmpty() ? check.index(spark) : List.of());
        }
        return new Found(shards, problems);
    }

    private static SharedTokenizer tokenizer(Path folder, TokenShards shards, List<String> problems) {
        Path file = new Path(folder, SharedTokenizer.FILE);
        try {
            SharedTokenizer tokenizer = SharedTokenizer.read(new InputPath(folder.toString()));
            String digest = TokenShards.manifest(folder).path("tokenizer").asText();
            if (!Digest.of(tokenizer.json()).equals(digest) || tokenizer.get().size() != shards.vocabularySize()) {
                problems.add(TokenShards.damaged(file, "is not the tokenizer of the manifest"));
            }
            return tokenizer;
        } catch (UserError e) {
            problems.add(TokenShards.damaged(file, "cannot be read"));
            return null;
        }
    }

    private List<String> contents(JavaSparkContext context) {
        List<Integer> numbers =
                IntStream.range(0, shards.shards().size()).boxed().toList();
        return context.parallelize(numbers, numbers.size())
                .flatMap(number -> contents(number).iterator())
                .collect();
    }

    /** At most one line for each kind of damage. */
    private List<String> contents(int number) {
        Path file = TokenShards.shard(shards.folder(), number);
        Map<String, String> problems = new HashMap<>();
        long[] ends;
        try (ShardReader reader = shards.reader()) {
            ends = reader.ends(number);
            reader.bytes(number, 0, 0);
        } catch (UncheckedIOException e) {
            return List.of(e.getCause().getMessage());
        }
        Digest digest = new Digest();
        try (InputStream in = Storage.of(file).open(file)) {
            digest.add(in.readNBytes(TokenShard.HEADER_BYTES), TokenShard.HEADER_BYTES);
            long position = 0;
            int document = 0;
            for (byte[] bytes = chunk(in); bytes.length > 0; bytes = chunk(in)) {
                digest.add(bytes, bytes.length);
                for (int id : TokenShard.ids(bytes, shards.bytesPerId())) {
                    position++;
                    if (Integer.compareUnsigned(id, shards.vocabularySize()) >= 0) {
                        problems.putIfAbsent("id", "holds ids that the vocabulary does not have");
                    }
                    if (document < ends.length && position == ends[document]) {
                        document++;
                        if (id != endOfText) {
                            problems.putIfAbsent("end", "has documents that do not end with the end of text");
                        }
                    }
                }
            }
        } catch (IOException e) {
            problems.put("read", "cannot be read (" + e.getMessage() + ")");
        }
        if (!digest.hex().equals(shards.shards().get(number).sha256())) {
            problems.put("digest", "has another sha256 than the manifest says");
        }
        return problems.values().stream()
                .sorted()
                .map(problem -> TokenShards.damaged(file, problem))
                .toList();
    }

    private byte[] chunk(InputStream in) throws IOException {
        return in.readNBytes(CHUNK * shards.bytesPerId());
    }

    private List<String> index(SparkSession spark) {
        Path file = new Path(shards.folder(), TokenShards.INDEX_FILE);
        Dataset<Row> index;
        String digest;
        long documents;
        try {
            index = spark.read().schema(TokenShards.INDEX).parquet(file.toString());
            documents = index.count();
            digest = IndexDigest.of(index.toJavaRDD());
        } catch (Exception e) { // Scala code throws checked exceptions that it does not declare
            return List.of(TokenShards.damaged(file, "cannot be read"));
        }
        if (documents != shards.documents()) {
            return List.of(
                    TokenShards.damaged(file, "has %d documents, not %d".formatted(documents, shards.documents())));
        }
        List<String> problems = new ArrayList<>(places(index));
        String expected = TokenShards.manifest(new Path(shards.folder()))
                .path(IndexDigest.FIELD)
                .asText(digest); // folders that were written before it was have none
        if (problems.isEmpty() && !digest.equals(expected)) {
            problems.add(TokenShards.damaged(file, "has other ids than the manifest says"));
        }
        return problems;
    }

    private List<String> places(Dataset<Row> index) {
        MapPartitionsFunction<Row, String> work = this::places;
        return index.select("shard", "start", "end")
                .repartition(Math.max(1, shards.shards().size()), col("shard"))
                .sortWithinPartitions("shard", "start")
                .mapPartitions(work, Encoders.STRING())
                .collectAsList();
    }

    /** Compares rows of whole shards with where documents end. */
    private Iterator<String> places(Iterator<Row> rows) {
        List<String> problems = new ArrayList<>();
        try (ShardReader reader = shards.reader()) {
            int shard = -1;
            int document = 0;
            long[] ends = {};
            boolean wrong = false;
            while (rows.hasNext()) {
                Row row = rows.next();
                if (row.getInt(0) != shard) {
                    shard = row.getInt(0);
                    ends = shard < shards.shards().size() ? reader.ends(shard) : new long[0];
                    document = 0;
                    wrong = false;
                }
                boolean agrees = document < ends.length
                        && row.getLong(1) == (document == 0 ? 0 : ends[document - 1])
                        && row.getLong(2) == ends[document];
                document++;
                if (!agrees && !wrong) {
                    problems.add(TokenShards.damaged(
                            new Path(shards.folder(), TokenShards.INDEX_FILE),
                            "has other documents in shard %d than the shard".formatted(shard)));
                    wrong = true;
                }
            }
        }
        return problems.iterator();
    }
}
