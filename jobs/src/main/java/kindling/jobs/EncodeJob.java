package kindling.jobs;

import java.util.List;
import kindling.jobs.io.Documents;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Tables;
import kindling.prep.token.SpecialTokens;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Token ids of every document, as a table {id, ids}. */
@Command(name = "encode", description = "Encode documents to token ids, as a table.")
final class EncodeJob implements Job {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType, false)
            .add("ids", DataTypes.createArrayType(DataTypes.IntegerType, false), false);

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

    @Mixin
    SpecialTokenOptions specialTokens;

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
                .broadcast(SharedTokenizer.read(tokenizer));
        Outcomes all = Documents.read(run.spark(), documents.input)
                .placed(run.partitions(documents.input))
                .persisted();
        SpecialTokens[] wanted = specialTokens.wanted();
        MapFunction<Row, Row> encode =
                row -> RowFactory.create(row.getString(0), shared.value().get().encode(row.getString(1), wanted));
        Dataset<Row> encoded = all.documents().map(encode, Encoders.row(SCHEMA));
        Tables.write(encoded, run.folder(), documents.outputFormat);
        long out = Tables.count(run.spark(), run.folder(), documents.outputFormat);
        all.settle(run.folder(), run.name(), documents.outputFormat, out, run.report());
        all.unpersist();
    }
}
