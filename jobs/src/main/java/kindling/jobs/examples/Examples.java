package kindling.jobs.examples;

import java.io.Serializable;
import java.util.function.LongUnaryOperator;
import kindling.model.Batch;

/** The sequences a model trains on, by number. Travels to executors; each task opens its own reader. */
public interface Examples extends Serializable {
    /** How many an epoch has. */
    long size();

    /** The number of the sequence at each position of a training run, which counts on through the epochs. */
    default LongUnaryOperator order(long seed) {
        return new Order(seed, size())::at;
    }

    Reader open();

    /** Reads sequences by positional reads; for one thread. */
    interface Reader extends AutoCloseable {
        /** The sequences with these numbers, one row each. */
        Batch batch(long[] numbers);

        @Override
        void close();
    }
}
