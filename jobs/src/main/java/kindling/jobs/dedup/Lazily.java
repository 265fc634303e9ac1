package kindling.jobs.dedup;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Some values for each row of a part, made when they are asked for. */
final class Lazily<S, T> implements Iterator<T> {
    private final Iterator<S> source;
    private final Function<S, Iterator<T>> values;
    private Iterator<T> current = Collections.emptyIterator();

    Lazily(Iterator<S> source, Function<S, Iterator<T>> values) {
        this.source = source;
        this.values = values;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && source.hasNext()) {
            current = values.apply(source.next());
        }
        return current.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
