package kindling.jobs.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What was made of the shards that were read last; for one thread. */
final class RecentShards<V> {
    /**
     * Few, for what is remembered grows with a shard. Where an epoch has no more than {@link Order#WHOLE} sequences, their order jumps between all
     * shards; where it has more, it stays in one for {@link Order#CHUNK}.
     */
    static final int MOST = 32;

    private final IntFunction<V> make;
    private final Map<Integer, V> remembered = new LinkedHashMap<>(2 * MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
            return size() > MOST;
        }
    };

    /** @param make what is to be remembered of a shard */
    RecentShards(IntFunction<V> make) {
        this.make = make;
    }

    V of(int shard) {
        return remembered.computeIfAbsent(shard, make::apply);
    }
}
