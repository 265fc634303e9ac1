package kindling.jobs;

import java.util.List;
import java.util.Map;
import kindling.jobs.io.Documents;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Outcomes.Judge;
import kindling.jobs.io.Outcomes.Outcome;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Tables;
import kindling.prep.Document;
import kindling.prep.Verdict;
import kindling.prep.token.SpecialTokens;
import kindling.prep.token.Tokenizer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Token ids of every document, as a table {id, ids}. */
@Command(name = "encode", description = "Encode documents to token ids, as a table.")
final class EncodeJob implements Job {
    private static final StructType IDS =
            new StructType().add("ids", DataTypes.createArrayType(DataTypes.IntegerType, false), true);

    @Mixin
    CommonOptions common;

    @Mixin
    DocumentOptions documents;

    @Mixin
    EncodingOptions encoding;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void check(List<String> problems) {
        documents.check(problems);
    }

    @Override
    public void run(Run run) {
        Broadcast<SharedTokenizer> shared = JavaSparkContext.fromSparkContext(
                        run.spark().sparkContext())
                .broadcast(SharedTokenizer.read(encoding.tokenizer));
        SpecialTokens[] wanted = encoding.specialTokens();
        // Texts are encoded where they are read: only ids are shuffled.
        Dataset<Row> judged = Documents.read(run.spark(), documents.input)
                .judged(IDS, () -> judge(shared.value().get(), wanted));
        Dataset<Row> placed =
                Outcomes.placed(judged, run.partitions(documents.input)).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> encoded = Outcomes.kept(placed).select(Documents.ID, IDS.fieldNames());
        Tables.write(encoded, run.folder(), documents.outputFormat);
        long out = Tables.count(run.spark(), run.folder(), documents.outputFormat);
        new Outcomes(placed).settle(run.folder(), run.name(), documents.outputFormat, out, run.report());
        placed.unpersist();
    }

    private static Judge judge(Tokenizer tokenizer, SpecialTokens[] wanted) {
        return document -> encoded(document, tokenizer, wanted);
    }

    private static Outcome encoded(Document document, Tokenizer tokenizer, SpecialTokens[] wanted) {
        Document bare = new Document(document.id(), "", document.source(), "", "", Map.of());
        return new Outcome(bare, Verdict.KEEP, tokenizer.encode(document.text(), wanted));
    }
}
