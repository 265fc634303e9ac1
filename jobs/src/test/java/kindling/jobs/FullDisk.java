package kindling.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.api.java.JavaSparkContext;

/** The local file system under the scheme {@code full:}, which takes so many bytes and then has no space left, as Linux says it. */
public final class FullDisk extends RawLocalFileSystem {
    private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);

    static void mount(JavaSparkContext context) {
        context.sc().conf().set("spark.hadoop.fs.full.impl", FullDisk.class.getName());
    }

    static void holds(long bytes) {
        LEFT.set(bytes);
    }

    @Override
    public URI getUri() {
        return URI.create("full:///");
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        super.initialize(getUri(), conf);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        return limited(super.create(path, permission, overwrite, buffer, replication, block, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        return limited(super.create(path, overwrite, buffer, replication, block, progress));
    }

    private static FSDataOutputStream limited(FSDataOutputStream out) throws IOException {
        return new FSDataOutputStream(new Limited(out), null);
    }

    private static final class Limited extends FilterOutputStream {
        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            take(1);
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            take(count);
            out.write(bytes, from, count);
        }

        private static void take(int count) throws IOException {
            if (LEFT.addAndGet(-count) < 0) {
                throw new IOException("No space left on device");
            }
        }
    }
}
