package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Documents;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.io.TokenShards;
import kindling.jobs.io.TokenShards.Encoded;
import kindling.jobs.train.UnigramEntropy;
import kindling.prep.shard.TokenShard;
import kindling.prep.token.Tokenizer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Documents to token shards, which training reads by position. */
@Command(name = "tokenize", description = "Encode documents to token shards for training.")
final class TokenizeJob implements Job {
    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Option(
            names = "--tokenizer",
            required = true,
            paramLabel = "PATH",
            description = "A tokenizer.json or its folder.")
    InputPath tokenizer;

    @Option(
            names = "--sequence-length",
            description = "Tokens a training sequence predicts; default: what train says, or its model's context.")
    Integer sequenceLength;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
        if (sequenceLength != null && sequenceLength < 1) {
            problems.add("--sequence-length must be >= 1, got " + sequenceLength);
        }
    }

    @Override
    public void run(Run run) {
        SharedTokenizer shared = SharedTokenizer.read(tokenizer);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(run.spark().sparkContext());
        Broadcast<SharedTokenizer> sent = context.broadcast(shared);
        Outcomes read = Documents.read(run.spark(), documents.input);
        // Never --partitions, nor how the input lies in files: the order of training follows from the shards.
        Outcomes all = read.placed(Tables.partitions(read.textBytes())).persisted();
        TokenShards shards = TokenShards.write(
                all.documents(),
                rows -> encoded(rows, sent.value().get()),
                run.folder(),
                TokenShard.bytesPerId(shared.get().size()));
        run.report().phase("encode");
        long out =
                run.spark().read().parquet(run.file("index.parquet").toString()).count();
        ObjectNode facts = Json.object()
                .put("tokenizer", Digest.of(shared.json()))
                .put("vocabulary_size", shared.get().size())
                .put("documents", out)
                .put("corpus", run.manifest().identity());
        if (sequenceLength != null) {
            facts.put("sequence_length", sequenceLength);
        }
        shards.writeManifest(facts);
        Storage.write(run.file(SharedTokenizer.FILE), shared.json());
        run.report()
                .put("tokens", shards.tokens())
                .put(
                        "unigram_entropy_nats",
                        UnigramEntropy.of(context, shards, shared.get().size()))
                .phase("count");
        all.settle(run.folder(), run.name(), documents.outputFormat, out, run.report());
        all.unpersist();
    }

    private static Iterator<Encoded> encoded(Iterator<Row> rows, Tokenizer tokenizer) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Encoded next() {
                Row row = rows.next();
                int[] ids = tokenizer.encode(row.getString(1));
                int[] ended = Arrays.copyOf(ids, ids.length + 1);
                ended[ids.length] = tokenizer.endOfText();
                return new Encoded(row.getString(0), ended);
            }
        };
    }
}
