package kindling.jobs.io;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;
import scala.Option;

/**
 * Spark's own commit protocol, for files that are the same on every run: names such as {@code part-00003.snappy.parquet} have no
 * random number inside, and footers no random order ({@link ParquetFooter}). Set as {@code spark.sql.sources.commitProtocolClass}
 * by {@link Session}.
 */
public final class StableNames extends SQLHadoopMapReduceCommitProtocol {
    private static final long serialVersionUID = 1;

    /** What the task at hand has written. */
    private final ArrayList<String> parquet = new ArrayList<>();

    public StableNames(String jobId, String path, boolean dynamicPartitionOverwrite) {
        super(jobId, path, dynamicPartitionOverwrite);
    }

    @Override
    public String getFilename(TaskAttemptContext context, FileNameSpec spec) {
        int part = context.getTaskAttemptID().getTaskID().getId();
        String suffix = spec.suffix().replaceFirst("^-c000", "").replaceFirst("\\.json$", ".jsonl");
        return "%spart-%05d%s".formatted(spec.prefix(), part, suffix);
    }

    @Override
    public String newTaskTempFile(TaskAttemptContext context, Option<String> folder, FileNameSpec spec) {
        String file = super.newTaskTempFile(context, folder, spec);
        if (file.endsWith(".parquet")) {
            parquet.add(file);
        }
        return file;
    }

    @Override
    public TaskCommitMessage commitTask(TaskAttemptContext context) {
        List.copyOf(parquet).forEach(file -> ParquetFooter.sort(new Path(file), context.getConfiguration()));
        parquet.clear();
        return super.commitTask(context);
    }
}
