package kindling.jobs.dedup;

import java.util.Map;
import java.util.TreeMap;

/** The slow and obvious twin of {@link Components}: every node points to a smaller one, up to the smallest of its component. */
final class UnionFind {
    private final Map<String, String> parents = new TreeMap<>();

    void join(String a, String b) {
        String first = root(a);
        String second = root(b);
        parents.put(first.compareTo(second) > 0 ? first : second, first.compareTo(second) > 0 ? second : first);
    }

    String root(String node) {
        String parent = parents.computeIfAbsent(node, self -> self);
        return parent.equals(node) ? node : root(parent);
    }

    /** The smallest node of its component for each node that was seen. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        parents.keySet().forEach(node -> labels.put(node, root(node)));
        return labels;
    }
}
