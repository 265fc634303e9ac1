package kindling.jobs.io;

/**
 * A file, folder or glob that a job reads, anything that Hadoop's FileSystem opens. Options of this type are the job's inputs:
 * the {@link Manifest} records what they hold, not how they are spelled.
 */
public record InputPath(String path) {
    @Override
    public String toString() {
        return path;
    }
}
