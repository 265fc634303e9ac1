package kindling.jobs.io;

import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;

/**
 * Spark's own commit protocol, with file names that are the same on every run: {@code part-00003.snappy.parquet} instead of one
 * with a random number inside. Set as {@code spark.sql.sources.commitProtocolClass} by {@link Session}.
 */
public final class StableNames extends SQLHadoopMapReduceCommitProtocol {
    private static final long serialVersionUID = 1;

    public StableNames(String jobId, String path, boolean dynamicPartitionOverwrite) {
        super(jobId, path, dynamicPartitionOverwrite);
    }

    @Override
    public String getFilename(TaskAttemptContext context, FileNameSpec spec) {
        int part = context.getTaskAttemptID().getTaskID().getId();
        String suffix = spec.suffix().replaceFirst("^-c000", "").replaceFirst("\\.json$", ".jsonl");
        return "%spart-%05d%s".formatted(spec.prefix(), part, suffix);
    }
}
