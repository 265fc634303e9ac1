package kindling.jobs.train;

import java.io.Serializable;
import kindling.model.Batch;

/** The sequences a model trains on, by number. Travels to executors; each task opens its own reader. */
public interface Examples extends Serializable {
    /** How many there are. */
    long size();

    Reader open();

    /** Reads sequences by positional reads; for one thread. */
    interface Reader extends AutoCloseable {
        /** The sequences with these numbers, one row each. */
        Batch batch(long[] numbers);

        @Override
        void close();
    }
}
