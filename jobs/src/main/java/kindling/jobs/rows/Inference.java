package kindling.jobs.rows;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Output;
import kindling.jobs.io.Progress;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import kindling.jobs.io.Tables;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Rows through a task and out again with its answers beside them: as many rows as came in, whatever happens to one of them. Answers become durable
 * chunk by chunk, so that a killed run goes on; the table is put together when all are there, and its bytes depend neither on that nor on the number
 * of partitions. Runs on the driver.
 *
 * @param tasks makes the task of each partition
 * @param partitions that the work is cut into
 * @param chunkRows about how many rows become durable together
 * @param limit of rows that may fail
 */
public record Inference(Rows rows, TaskSource tasks, int partitions, int chunkRows, ErrorLimit limit) {
    private static final int LOOK_MILLIS = 200; // between two looks at how many rows have failed

    /** Makes the task of a partition, on its executor. */
    @FunctionalInterface
    public interface TaskSource extends Serializable {
        Task task();
    }

    /**
     * Answers every row and writes the table.
     *
     * @param files that the table is written as
     * @throws UserError when more rows fail than may
     */
    public void run(Path folder, String format, int files, Report report) {
        long count = rows.table().count();
        Chunks chunks = Chunks.in(folder, count, chunkRows);
        Effort effort = answer(chunks, count);
        report.phase("answer");
        Progress.line("%s | %s".formatted(report.job(), effort.line(count)));
        clear(folder);
        Dataset<Row> answered = rows.with(answers(chunks), files).persist(StorageLevel.MEMORY_AND_DISK());
        Tables.write(answered, folder, format);
        report.put("errors", effort.errors().counts()).put("work", effort.figures());
        report(count, answered, report);
        answered.unpersist();
    }

    private Effort answer(Chunks chunks, long count) {
        TaskSource source = tasks;
        long most = limit.most(count);
        CollectionAccumulator<Effort> efforts = new CollectionAccumulator<>();
        context().sc().register(efforts, "answered chunks");
        JavaFutureAction<Void> work = rows.requests(chunks.count(), partitions)
                .toJavaRDD()
                .foreachPartitionAsync(requests -> efforts.add(answered(requests, chunks, source, most)));
        while (!ended(work)) {
            if (sum(efforts).errors().rows() > most) {
                work.cancel(true);
                break;
            }
        }
        Effort effort = sum(efforts);
        RowErrors errors = effort.errors();
        if (errors.rows() > most) {
            throw new UserError(
                    "%,d of %,d rows have failed so far, and --fail-on-errors allows %,d:%n%s%ncorrect these rows, or run the same with a higher --fail-on-errors: it goes on where this ended"
                            .formatted(errors.rows(), count, most, errors.mostFrequent()));
        }
        return effort;
    }

    private static Effort answered(Iterator<Row> requests, Chunks chunks, TaskSource source, long most) {
        try (Answering answering = new Answering(chunks, source, most)) {
            return answering.answer(requests);
        }
    }

    /** Waits a little for the end. */
    private static boolean ended(JavaFutureAction<Void> work) {
        try {
            work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were answered", e);
        }
    }

    /** Of the tasks that have ended; each counts once, however often it was tried. */
    private static Effort sum(CollectionAccumulator<Effort> efforts) {
        return efforts.value().stream().reduce(Effort.none(), Effort::plus);
    }

    private Dataset<Row> answers(Chunks chunks) {
        StructType schema = Stream.of(rows.added().fields())
                .reduce(new StructType().add(Rows.KEY, DataTypes.StringType, false), StructType::add, (a, b) -> a);
        int width = schema.size();
        List<Integer> numbers = IntStream.range(0, chunks.count()).boxed().toList();
        return rows.table()
                .sparkSession()
                .createDataset(
                        context()
                                .parallelize(numbers, Math.min(numbers.size(), partitions))
                                .flatMap(number -> durable(chunks, number, width))
                                .rdd(),
                        Encoders.row(schema));
    }

    /** A chunk that no request belongs to was never written. */
    private static Iterator<Row> durable(Chunks chunks, int number, int width) {
        return chunks.read(number).stream()
                .flatMap(List::stream)
                .map(answered -> row(answered, width))
                .iterator();
    }

    private static Row row(Chunks.Answered answered, int width) {
        return RowFactory.create(Stream.concat(
                        Stream.of(answered.key()), Stream.of(answered.answer().values()))
                .limit(width)
                .toArray());
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(rows.table().sparkSession().sparkContext());
    }

    /** Deletes what a run that was killed had written of the table. */
    private static void clear(Path folder) {
        Storage.children(folder).stream()
                .filter(child -> !List.of(Manifest.FILE, Output.SCRATCH).contains(child.getName()))
                .forEach(Storage::delete);
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
                .phase("write");
    }
}
