package kindling.jobs.words;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.LinkedHashMap;
import java.util.Map;
import kindling.jobs.io.Documents;
import kindling.jobs.io.SharedTokenizer;
import kindling.prep.token.Utf8;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How many bytes of UTF-8 a token stands for on documents that took no part in the training, beside two vocabularies that everybody knows. */
public final class HeldOut {
    private static final String[] NAMES = {"trained", "gpt2", "cl100k"};

    private static final StructType SCHEMA = new StructType()
            .add("bytes", DataTypes.LongType, false)
            .add(NAMES[0], DataTypes.LongType, false)
            .add(NAMES[1], DataTypes.LongType, false)
            .add(NAMES[2], DataTypes.LongType, false);

    private HeldOut() {}

    /** Bytes per token over all these documents, by the vocabulary's name; empty where there is no text. Runs on the driver. */
    public static Map<String, Double> bytesPerToken(Dataset<Row> documents, SharedTokenizer tokenizer) {
        Broadcast<SharedTokenizer> shared = JavaSparkContext.fromSparkContext(
                        documents.sparkSession().sparkContext())
                .broadcast(tokenizer);
        MapFunction<Row, Row> count = row -> counted(row.getString(0), shared.value());
        Column[] sums = {sum(col(NAMES[0])), sum(col(NAMES[1])), sum(col(NAMES[2]))};
        Row row = documents
                .select(Documents.TEXT)
                .map(count, Encoders.row(SCHEMA))
                .agg(sum(col("bytes")), sums)
                .first();
        shared.destroy();
        Map<String, Double> bytesPerToken = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.length && !row.isNullAt(0) && row.getLong(0) > 0; i++) {
            bytesPerToken.put(NAMES[i], (double) row.getLong(0) / row.getLong(1 + i));
        }
        return bytesPerToken;
    }

    private static Row counted(String text, SharedTokenizer tokenizer) {
        return RowFactory.create(
                (long) Utf8.of(text).length,
                (long) tokenizer.get().encode(text).length,
                (long) Known.GPT2.countTokensOrdinary(text),
                (long) Known.CL100K.countTokensOrdinary(text));
    }

    /** Loaded once in each executor. */
    private static final class Known {
        static final Encoding GPT2 = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
        static final Encoding CL100K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }
}
