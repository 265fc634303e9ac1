package kindling.jobs.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The obvious way to find repeated passages of plain texts: every window of k words in a map, round after round. */
record EveryWindow(int k) {
    private record Place(String id, int at) {}

    /** The words that are left of each text. */
    SortedMap<String, List<String>> left(Map<String, String> texts) {
        SortedMap<String, List<String>> words = new TreeMap<>();
        texts.forEach((id, text) ->
                words.put(id, text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"))));
        while (round(words)) {} // until nothing occurs twice
        return words;
    }

    private boolean round(SortedMap<String, List<String>> words) {
        Map<List<String>, Place> first = new HashMap<>();
        SortedMap<String, List<String>> left = new TreeMap<>();
        words.forEach((id, all) -> left.put(id, kept(id, all, first)));
        boolean changed = !left.equals(words);
        words.putAll(left);
        return changed;
    }

    private List<String> kept(String id, List<String> words, Map<List<String>, Place> first) {
        boolean[] gone = new boolean[words.size()];
        for (int at = 0; at + k <= words.size(); at++) {
            Place before = first.putIfAbsent(words.subList(at, at + k), new Place(id, at));
            if (before != null) {
                int from = before.id.equals(id) ? Math.max(at, before.at + k) : at;
                Arrays.fill(gone, from, at + k, true);
            }
        }
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < gone.length; i++) {
            if (!gone[i]) {
                kept.add(words.get(i));
            }
        }
        return kept;
    }
}
