package kindling.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kindling.jobs.io.Digest;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Json;
import kindling.jobs.io.Mapped;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.shard.Encoded;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.shard.WrittenShards;
import kindling.jobs.train.UnigramEntropy;
import kindling.prep.Document;
import kindling.prep.Verdict;
import kindling.prep.shard.Packing;
import kindling.prep.shard.TokenShard;
import kindling.prep.token.SpecialTokens;
import kindling.prep.token.Tokenizer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Documents to token shards, which training reads by position. */
@Command(
        name = "tokenize",
        description = "Encode documents to token shards for training; --partitions does not change the shards.")
final class TokenizeJob implements Job {
    /** A document's ids, end of text last, as a shard holds them. */
    private static final StructType IDS = new StructType().add("ids", DataTypes.BinaryType, true);

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    EncodingOptions encoding;

    @Option(
            names = "--sequence-length",
            description = "Tokens a training sequence predicts; default: what train says, or its model's context.")
    Integer sequenceLength;

    @Option(
            names = "--packing",
            description =
                    "How documents become sequences: stream, document or best-fit; train may say otherwise; default ${DEFAULT-VALUE}.")
    Packing packing = Packing.STREAM;

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
        SharedTokenizer shared = SharedTokenizer.read(encoding.tokenizer);
        Broadcast<SharedTokenizer> sent =
                JavaSparkContext.fromSparkContext(run.spark().sparkContext()).broadcast(shared);
        run.report().phase("start");
        int bytesPerId = TokenShard.bytesPerId(shared.get().size());
        Outcomes read = Documents.read(run.spark(), documents.input);
        long textBytes = Documents.textBytes(documents.input, read);
        run.report().phase("measure");
        // Texts are encoded where they are read: only ids are shuffled, a quarter of a text's bytes or half.
        SpecialTokens[] wanted = encoding.specialTokens();
        Dataset<Row> encoded = read.judged(IDS, () -> judge(sent.value().get(), wanted, bytesPerId));
        // Never --partitions, nor how the input lies in files: the order of training follows from the shards.
        Dataset<Row> placed = Outcomes.placed(encoded, Tables.partitions(textBytes));
        try (WrittenShards written = WrittenShards.write(
                placed,
                TokenizeJob::documents,
                run.folder(),
                bytesPerId,
                shared.get().size())) {
            run.report().phase("encode");
            settle(run, shared, written, textBytes);
        }
    }

    private void settle(Run run, SharedTokenizer shared, WrittenShards written, long textBytes) {
        TokenShards shards = written.shards();
        ObjectNode facts = Json.object()
                .put("tokenizer", Digest.of(shared.json()))
                .put("corpus", run.manifest().identity())
                .put("packing", packing.toString());
        if (sequenceLength != null) {
            facts.put("sequence_length", sequenceLength);
        }
        written.writeIndex(facts);
        shards.writeManifest(facts);
        Storage.write(run.file(SharedTokenizer.FILE), shared.json());
        run.report().phase("index");
        run.report()
                .put("tokens", shards.tokens())
                .put("text_bytes", textBytes)
                .put("unigram_entropy_nats", UnigramEntropy.of(written.unigrams()));
        written.outcomes().settle(run.folder(), run.name(), documents.outputFormat, shards.documents(), run.report());
        double seconds =
                Math.max(0.001, run.report().elapsedSeconds() - run.report().seconds("start"));
        run.report()
                .put("mb_per_second", textBytes / 1e6 / seconds)
                .put("tokens_per_second", shards.tokens() / seconds);
    }

    private static Judge judge(Tokenizer tokenizer, SpecialTokens[] wanted, int bytesPerId) {
        return document -> encoded(document, tokenizer, wanted, bytesPerId);
    }

    private static Outcome encoded(Document document, Tokenizer tokenizer, SpecialTokens[] wanted, int bytesPerId) {
        int[] ids = tokenizer.encode(document.text(), wanted);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = tokenizer.endOfText();
        Document bare = new Document(document.id(), "", document.source(), "", "", Map.of());
        return new Outcome(bare, Verdict.KEEP, (Object) TokenShard.bytes(ended, bytesPerId));
    }

    private static Iterator<Encoded> documents(Iterator<Row> rows) {
        int ids = Outcomes.SCHEMA.size();
        return new Mapped<>(rows, row -> new Encoded(row, row.getAs(ids)));
    }
}
