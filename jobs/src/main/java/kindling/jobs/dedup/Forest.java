package kindling.jobs.dedup;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Union-find over the edges of one part: which of its nodes they join, as trees of depth one with the smallest node as root. */
final class Forest {
    private final Map<Long, Long> parents = new HashMap<>();

    private Forest() {}

    /** @param letters pairs (a, b) of nodes */
    static Forest of(Iterator<long[]> letters) {
        Forest forest = new Forest();
        letters.forEachRemaining(letter -> {
            for (int i = 0; i < letter.length; i += 2) {
                forest.join(letter[i], letter[i + 1]);
            }
        });
        return forest;
    }

    private void join(long a, long b) {
        long first = root(a);
        long second = root(b);
        if (first != second) {
            parents.put(Math.max(first, second), Math.min(first, second));
        }
    }

    private long root(long node) {
        long root = node;
        for (Long parent = parents.get(root); parent != null; parent = parents.get(root)) {
            root = parent;
        }
        for (long at = node; at != root; ) { // so that the way is short next time
            at = parents.put(at, root);
        }
        return root;
    }

    /** (node, root) for every node that is not its root. */
    Iterator<long[]> trees() {
        return parents.keySet().stream()
                .map(node -> new long[] {node, root(node)})
                .iterator();
    }
}
