package kindling.model.checkpoint;

import java.util.List;

/** What is wrong with a checkpoint, at once, unless it is everything. */
final class Mistakes {
    private static final int MOST = 200;

    private Mistakes() {}

    static String list(List<String> mistakes) {
        int more = mistakes.size() - MOST;
        String first = String.join("; ", mistakes.subList(0, Math.min(MOST, mistakes.size())));
        return more <= 0 ? first : first + "; and " + more + " more";
    }
}
