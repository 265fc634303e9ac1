package kindling.jobs.dedup;

import java.util.Map;
import java.util.TreeMap;

/** The slow and obvious twin of {@link Components}: every node points to a smaller one, up to the smallest of its component. */
final class UnionFind<T extends Comparable<T>> {
    private final Map<T, T> parents = new TreeMap<>();

    void join(T a, T b) {
        T first = root(a);
        T second = root(b);
        parents.put(first.compareTo(second) > 0 ? first : second, first.compareTo(second) > 0 ? second : first);
    }

    T root(T node) {
        T parent = parents.computeIfAbsent(node, self -> self);
        return parent.equals(node) ? node : root(parent);
    }

    /** The smallest node of its component for each node that was seen. */
    Map<T, T> labels() {
        Map<T, T> labels = new TreeMap<>();
        parents.keySet().forEach(node -> labels.put(node, root(node)));
        return labels;
    }
}
