package kindling.jobs.infer;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import kindling.jobs.io.Report;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Rows through a task and out again with its answers beside them: as many rows as came in, whatever happens to one of them.
 * Runs on the driver.
 */
public final class Inference {
    private static final int ROWS_AT_ONCE = 256; // a task sorts and batches among these

    private Inference() {}

    /** Makes the task of a partition, on its executor. */
    @FunctionalInterface
    public interface TaskSource extends Serializable {
        Task task();
    }

    /**
     * Answers every row and writes the table.
     *
     * @param id the column that names a row
     * @param text the column that holds what is asked about
     */
    public static void run(
            Dataset<Row> table,
            String id,
            String text,
            int partitions,
            TaskSource source,
            Path folder,
            String format,
            Report report) {
        Dataset<Row> input = table.withColumn(id, col(id).cast("string"))
                .withColumn(text, col(text).cast("string"))
                .repartition(partitions, col(id))
                .sortWithinPartitions(col(id), col(text));
        List<String> taken = Stream.of(Answer.COLUMNS.fieldNames())
                .filter(List.of(input.columns())::contains)
                .toList();
        if (!taken.isEmpty()) {
            throw new UserError(
                    "the input has columns %s, which the output adds: rename or drop them".formatted(taken));
        }
        StructType schema = input.schema();
        for (var field : Answer.COLUMNS.fields()) {
            schema = schema.add(field);
        }
        int idAt = input.schema().fieldIndex(id);
        int textAt = input.schema().fieldIndex(text);
        MapPartitionsFunction<Row, Row> work = rows -> new Answered(rows, source.task(), idAt, textAt);
        Dataset<Row> rows = input.mapPartitions(work, Encoders.row(schema)).persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(rows, folder, format);
        report(table.count(), rows, report);
        rows.unpersist();
    }

    private static void report(long in, Dataset<Row> rows, Report report) {
        report.rows(in, rows.count(), Map.of());
        for (String column : List.of("finish_reason", "method")) {
            Map<String, Long> counts = new TreeMap<>();
            rows.groupBy(column).count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
            report.put(column, counts);
        }
        Row sums = rows.selectExpr(
                        "coalesce(sum(prompt_tokens), 0)",
                        "coalesce(sum(completion_tokens), 0)",
                        "count_if(dropped_tokens > 0)",
                        "avg(support)")
                .first();
        report.put("prompt_tokens", sums.getLong(0))
                .put("completion_tokens", sums.getLong(1))
                .put("rows_cut", sums.getLong(2))
                .put("support", sums.isNullAt(3) ? null : sums.getDouble(3))
                .phase("answer");
    }

    /** Rows with their answers, some hundreds of them at a time. */
    private static final class Answered implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final Task task;
        private final int idAt;
        private final int textAt;
        private Iterator<Row> ready = List.<Row>of().iterator();

        Answered(Iterator<Row> rows, Task task, int idAt, int textAt) {
            this.rows = rows;
            this.task = task;
            this.idAt = idAt;
            this.textAt = textAt;
            TaskCompletionListener close = context -> task.close();
            TaskContext.get().addTaskCompletionListener(close);
        }

        @Override
        public boolean hasNext() {
            return ready.hasNext() || rows.hasNext();
        }

        @Override
        public Row next() {
            if (!ready.hasNext()) {
                ready = answered().iterator();
            }
            return ready.next();
        }

        private List<Row> answered() {
            List<Row> inputs = new ArrayList<>();
            List<Task.Request> requests = new ArrayList<>();
            while (rows.hasNext() && inputs.size() < ROWS_AT_ONCE) {
                Row row = rows.next();
                inputs.add(row);
                requests.add(new Task.Request(row.getString(idAt), row.getString(textAt)));
            }
            List<Answer> answers = task.answer(requests);
            List<Row> outputs = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                outputs.add(joined(inputs.get(i), answers.get(i)));
            }
            return outputs;
        }

        private static Row joined(Row input, Answer answer) {
            Object[] added = answer.values();
            Object[] values = new Object[input.size() + added.length];
            for (int i = 0; i < input.size(); i++) {
                values[i] = input.get(i);
            }
            System.arraycopy(added, 0, values, input.size(), added.length);
            return RowFactory.create(values);
        }
    }
}
