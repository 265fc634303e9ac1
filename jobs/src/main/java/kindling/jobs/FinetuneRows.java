package kindling.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kindling.jobs.chat.ChatLessons;
import kindling.jobs.chat.Message;
import kindling.jobs.chat.Message.Role;
import kindling.jobs.examples.Taught;
import kindling.jobs.examples.Taught.Made;
import kindling.jobs.examples.Taught.Refused;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Mapped;
import kindling.jobs.io.Outcomes;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import kindling.jobs.shard.Encoded;
import kindling.jobs.shard.TokenShards;
import kindling.jobs.shard.WrittenShards;
import kindling.prep.Document;
import kindling.prep.shard.TokenShard;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** The rows that {@code finetune} reads, pairs or conversations, on their way to lessons in shards. Runs on the driver but for {@link Teacher}s. */
final class FinetuneRows {
    /** Never --partitions, nor the files of the input: the order of lessons, and which share a sequence, follow from it. */
    private static final int PARTITIONS = 8;

    private static final int BYTES_PER_ID = 4; // marked ids
    private static final String MESSAGES = "messages";
    private static final String LEDGER = "_rejected";

    private final Dataset<Row> rows;
    private final boolean conversations;
    private final boolean prompts;
    private final LongAccumulator cut;
    private final LongAccumulator droppedTurns;

    private FinetuneRows(Dataset<Row> rows, boolean conversations, boolean prompts) {
        this.rows = rows;
        this.conversations = conversations;
        this.prompts = prompts;
        SparkSession spark = rows.sparkSession();
        this.cut = spark.sparkContext().longAccumulator();
        this.droppedTurns = spark.sparkContext().longAccumulator();
    }

    /** @throws UserError when the columns are not those of pairs or conversations */
    static FinetuneRows read(SparkSession spark, InputPath input) {
        Dataset<Row> table = Tables.read(spark, input);
        List<String> columns = List.of(table.columns());
        List<Column> wanted = new ArrayList<>();
        wanted.add(col(Tables.column(table, input, "id")).cast(DataTypes.StringType));
        boolean conversations = columns.contains(MESSAGES);
        if (conversations) {
            wanted.add(messages(table.schema().apply(MESSAGES).dataType(), input));
        } else {
            wanted.add(col(Tables.column(table, input, "prompt", "document", MESSAGES))
                    .cast(DataTypes.StringType));
            wanted.add(col(Tables.column(table, input, "completion", "summary")).cast(DataTypes.StringType));
        }
        Dataset<Row> selected = table.select(wanted.toArray(Column[]::new));
        Column[] order =
                List.of(selected.columns()).stream().map(name -> col(name)).toArray(Column[]::new);
        Dataset<Row> placed = selected.repartition(PARTITIONS, order[0]).sortWithinPartitions(order);
        return new FinetuneRows(placed, conversations, columns.contains("prompt"));
    }

    private static Column messages(DataType type, InputPath input) {
        boolean right = type instanceof ArrayType list
                && list.elementType() instanceof StructType message
                && isText(message, "role")
                && isText(message, "content");
        if (!right) {
            throw new UserError("input %s: messages must be a list of {role, content} with texts, it is %s"
                    .formatted(input, type.simpleString()));
        }
        return transform(col(MESSAGES), message -> struct(message.getField("role"), message.getField("content")))
                .as(MESSAGES);
    }

    private static boolean isText(StructType message, String field) {
        return List.of(message.fieldNames()).contains(field)
                && message.apply(field).dataType().equals(DataTypes.StringType);
    }

    boolean areConversations() {
        return conversations;
    }

    /** Whether what is asked stands in a column {@code prompt}, complete, and not in {@code document}. */
    boolean havePrompts() {
        return prompts;
    }

    /** Makes lessons of rows, on an executor. */
    @FunctionalInterface
    interface Teacher {
        Taught of(Row row);
    }

    /** Makes a {@link Teacher} where a partition is worked on. */
    @FunctionalInterface
    interface TeacherSource extends Serializable {
        Teacher teacher();
    }

    /** Writes the lessons into shards, the rows that give none into the ledger of the run, and both numbers into its report. */
    TokenShards write(Run run, Path folder, TeacherSource source) {
        Storage.delete(run.file(LEDGER)); // of a run that was killed
        LongAccumulator promptsCut = cut; // without this object around them, so that they travel
        LongAccumulator turnsDropped = droppedTurns;
        try (WrittenShards written = WrittenShards.write(
                rows,
                partition -> encoded(partition, source.teacher(), promptsCut, turnsDropped),
                folder,
                BYTES_PER_ID,
                TokenShards.ANY_NUMBER)) {
            TokenShards shards = written.shards();
            run.report().put("prompts_cut", cut.value()).put("turns_dropped", droppedTurns.value());
            run.report().phase("encode");
            written.outcomes().settle(run.folder(), run.name(), "parquet", shards.documents(), run.report());
            return shards;
        }
    }

    private static Iterator<Encoded> encoded(
            Iterator<Row> rows, Teacher teacher, LongAccumulator cut, LongAccumulator droppedTurns) {
        return new Mapped<>(rows, row -> {
            Document document = new Document(row.isNullAt(0) ? "" : row.getString(0), "", "", "", "", Map.of());
            Taught taught = taught(row, teacher);
            if (taught instanceof Refused refused) {
                return new Encoded(Outcomes.dropped(document, refused.reason(), refused.detail()), new byte[0]);
            }
            Made made = (Made) taught;
            cut.add(made.cut() ? 1 : 0);
            droppedTurns.add(made.droppedTurns());
            return new Encoded(
                    Outcomes.kept(document), TokenShard.bytes(made.lesson().marked(), BYTES_PER_ID));
        });
    }

    private static Taught taught(Row row, Teacher teacher) {
        return row.isNullAt(0) ? new Refused("missing_id", "the row has no id") : teacher.of(row);
    }

    /** Reads the columns of a pair. */
    interface PairTeacher {
        Taught of(String prompt, String completion);
    }

    static Taught pair(Row row, PairTeacher teacher) {
        if (row.isNullAt(1)) {
            return new Refused("missing_prompt", "the row has no prompt or document");
        }
        if (row.isNullAt(2)) {
            return new Refused("missing_completion", "the row has no completion or summary");
        }
        return teacher.of(row.getString(1), row.getString(2));
    }

    static Taught conversation(Row row, ChatLessons teacher) {
        List<Message> conversation = new ArrayList<>();
        List<Row> messages = row.isNullAt(1) ? List.of() : row.getList(1);
        for (Row message : messages) {
            int turn = conversation.size() + 1;
            Optional<Role> role = message == null ? Optional.empty() : Role.named(message.getString(0));
            if (role.isEmpty()) {
                return new Refused("unknown_role", "turn %d is of none of system, user, assistant".formatted(turn));
            }
            if (message.isNullAt(1)) {
                return new Refused("missing_content", "turn %d has no content".formatted(turn));
            }
            conversation.add(new Message(role.get(), message.getString(1)));
        }
        return teacher.of(conversation);
    }
}
