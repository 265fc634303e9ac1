package kindling.prep.bpe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.prep.token.ByteAlphabet;
import kindling.prep.token.Utf8;

/** Byte-pair encoding as the paper says it, without an index or a heap: the oracle for trainer and encoder. */
public final class SlowBpe {
    private SlowBpe() {}

    /** The merges, as spellings {@code "a b"}, that training up to {@code size} ordinary pieces gives. */
    public static List<String> merges(Map<String, Long> wordCounts, int size) {
        Map<String, Integer> ids = new HashMap<>();
        for (int rank = 0; rank < ByteAlphabet.SIZE; rank++) {
            ids.put(ByteAlphabet.spell(ByteAlphabet.at(rank)), rank);
        }
        Map<List<String>, Long> words = new HashMap<>();
        wordCounts.forEach((word, count) -> words.merge(letters(word), count, Long::sum));
        List<String> merges = new ArrayList<>();
        while (ids.size() < size) {
            String[] best = mostFrequent(words, ids);
            if (best.length == 0) {
                break;
            }
            merges.add(best[0] + " " + best[1]);
            ids.put(best[0] + best[1], ids.size());
            Map<List<String>, Long> merged = new HashMap<>();
            words.forEach((word, count) -> merged.merge(join(word, best[0], best[1]), count, Long::sum));
            words.clear();
            words.putAll(merged);
        }
        return merges;
    }

    /** The pieces of a word under merges in order of rank: the leftmost pair of the lowest rank goes first. */
    public static List<String> encode(String word, List<String> merges) {
        List<String> pieces = new ArrayList<>(letters(word));
        while (true) {
            int at = -1;
            int lowest = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < pieces.size(); i++) {
                int rank = merges.indexOf(pieces.get(i) + " " + pieces.get(i + 1));
                if (rank >= 0 && rank < lowest) {
                    at = i;
                    lowest = rank;
                }
            }
            if (at < 0) {
                return pieces;
            }
            pieces.set(at, pieces.get(at) + pieces.remove(at + 1));
        }
    }

    private static String[] mostFrequent(Map<List<String>, Long> words, Map<String, Integer> ids) {
        Map<Long, Long> counts = new TreeMap<>(); // smaller (left id, right id) first
        Map<Long, String[]> spelled = new HashMap<>();
        words.forEach((word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
                String[] pair = {word.get(i), word.get(i + 1)};
                long key = ((long) ids.get(pair[0]) << 32) + ids.get(pair[1]);
                counts.merge(key, count, Long::sum);
                spelled.put(key, pair);
            }
        });
        long best = -1;
        for (long key : counts.keySet()) {
            if (counts.get(key) > (best < 0 ? 0 : counts.get(best))) {
                best = key;
            }
        }
        return best < 0 ? new String[0] : spelled.get(best);
    }

    private static List<String> join(List<String> word, String left, String right) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            boolean here = i + 1 < word.size()
                    && word.get(i).equals(left)
                    && word.get(i + 1).equals(right);
            joined.add(here ? left + word.get(++i) : word.get(i));
        }
        return joined;
    }

    private static List<String> letters(String word) {
        return ByteAlphabet.spell(Utf8.of(word))
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }
}
