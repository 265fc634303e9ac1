package kindling.jobs.rows;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many rows failed, by the kind of error, with one error of each kind. */
final class RowErrors implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 5;

    private final TreeMap<String, Kind> kinds = new TreeMap<>();

    private record Kind(long rows, String example) implements Serializable {
        Kind with(Kind other) {
            return new Kind(rows + other.rows, example.compareTo(other.example) <= 0 ? example : other.example);
        }
    }

    /** @param error {@code "Kind: message"} */
    void add(String error, long rows) {
        add(error.substring(0, Math.max(0, error.indexOf(':'))), new Kind(rows, error));
    }

    void add(RowErrors others) {
        others.kinds.forEach(this::add);
    }

    private void add(String name, Kind kind) {
        kinds.merge(name, kind, Kind::with);
    }

    long rows() {
        return kinds.values().stream().mapToLong(Kind::rows).sum();
    }

    Map<String, Long> counts() {
        TreeMap<String, Long> counts = new TreeMap<>();
        kinds.forEach((name, kind) -> counts.put(name, kind.rows));
        return counts;
    }

    /** The most frequent kinds, a line each. */
    String mostFrequent() {
        return kinds.values().stream()
                .sorted(Comparator.comparing(Kind::rows).reversed())
                .limit(SHOWN)
                .map(kind -> "  %,d × %s".formatted(kind.rows, kind.example))
                .collect(Collectors.joining("\n"));
    }
}
