package kindling.jobs.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step did with one document.
 *
 * @param what {@code kept}, {@code dropped}, {@code changed}, {@code indexed} or {@code used}
 * @param facts by name, in the order in which they are told
 */
record Happening(String step, String job, String what, Map<String, String> facts) {
    static final String KEPT = "kept";
    static final String DROPPED = "dropped";
    static final String CHANGED = "changed"; // kept, with another text
    static final String INDEXED = "indexed"; // its tokens lie in shards
    static final String USED = "used"; // rows were made from it, such as pairs or summaries

    Happening {
        facts = new LinkedHashMap<>(facts);
    }
}
