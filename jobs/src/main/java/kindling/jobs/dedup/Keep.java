package kindling.jobs.dedup;

import java.util.Comparator;

/** Which document of a cluster is kept. */
public enum Keep {
    /** The one with the smallest id. */
    FIRST,
    /** The one with the most code points; of those the one with the smallest id. */
    LONGEST;

    /** The one to keep comes first. */
    Comparator<Clusters.Member> order() {
        Comparator<Clusters.Member> byId = Comparator.comparing(Clusters.Member::id);
        return this == FIRST
                ? byId
                : Comparator.comparing(Clusters.Member::length).reversed().thenComparing(byId);
    }
}
