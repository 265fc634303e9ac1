package kindling.jobs.io;

import java.util.Iterator;
import java.util.function.Function;

/** One value for each of a part, made when it is asked for. */
public record Mapped<S, T>(Iterator<S> source, Function<S, T> value) implements Iterator<T> {
    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public T next() {
        return value.apply(source.next());
    }
}
