package kindling.prep.summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Span;
import kindling.prep.sentence.Words;

/** A text that statements are looked up in. */
final class Source {
    private static final int LONGEST_RUN = 3; // words

    private static final int MOST_PLACES = 64; // of a word or pair that are tried; more have function words alone
    private static final int MOST_SENTENCES = 256; // of a pair that are counted, for the same reason

    private final List<String> words;
    private final List<Span> places; // of the words, in code points
    private final Map<String, List<Integer>> starts = new HashMap<>(); // of words and pairs
    private final Set<String> runs = new HashSet<>();
    private final Map<String, List<Integer>> sentences = new HashMap<>(); // that have a pair, ascending
    private final Set<String> numbers = new HashSet<>();

    Source(String text) {
        List<Span> spans = Words.spans(text);
        words = spans.stream().map(span -> Words.of(text, span)).toList();
        places = Span.inCodePoints(text, spans);
        for (int i = 0; i < words.size(); i++) {
            start(words.get(i), i);
            if (i + 1 < words.size()) {
                start(run(words, i, i + 2), i);
            }
            for (int n = 1; n <= Math.min(LONGEST_RUN, words.size() - i); n++) {
                runs.add(run(words, i, i + n));
            }
            numbers.add(Facts.digits(words.get(i)));
        }
        pair(Sentences.spans(text), spans);
        Facts facts = new Facts(text, spans);
        facts.numbers().forEach(number -> numbers.add(facts.number(number)));
    }

    private void pair(List<Span> inSentences, List<Span> spans) {
        int i = 0;
        for (int sentence = 0; sentence < inSentences.size(); sentence++) {
            int end = inSentences.get(sentence).end();
            while (i < spans.size() && spans.get(i).start() < end) {
                if (i + 1 < spans.size() && spans.get(i + 1).start() < end) {
                    pair(run(words, i, i + 2), sentence);
                }
                i++;
            }
        }
    }

    private void pair(String pair, int sentence) {
        List<Integer> some = sentences.computeIfAbsent(pair, unused -> new ArrayList<>());
        boolean known = !some.isEmpty() && some.get(some.size() - 1) == sentence;
        if (!known && some.size() < MOST_SENTENCES) {
            some.add(sentence);
        }
    }

    private void start(String words, int at) {
        List<Integer> places = starts.computeIfAbsent(words, unused -> new ArrayList<>());
        if (places.size() < MOST_PLACES) {
            places.add(at);
        }
    }

    static String run(List<String> words, int from, int to) {
        return String.join(" ", words.subList(from, to));
    }

    boolean hasNumber(String number) {
        return numbers.contains(Facts.digits(number));
    }

    /** Whether these words stand in the text, next to each other. */
    boolean hasRun(List<String> some) {
        List<Fragment> fragments = fragments(some);
        return !fragments.isEmpty() && fragments.get(0).length() == some.size();
    }

    /** Of the runs of n words, the share that the text has too; of fewer words, whether it has them all. */
    double share(List<String> some, int n) {
        int length = Math.min(n, some.size());
        int found = 0;
        int all = some.size() - length + 1;
        for (int i = 0; i < all; i++) {
            found += runs.contains(run(some, i, i + length)) ? 1 : 0;
        }
        return (double) found / all;
    }

    /** Of the pairs of words, the share that the sentence has which has most of them. */
    double shareOfBestSentence(List<String> some) {
        Map<Integer, Integer> found = new HashMap<>();
        for (int i = 1; i < some.size(); i++) {
            sentences.getOrDefault(run(some, i - 1, i + 1), List.of()).forEach(at -> found.merge(at, 1, Integer::sum));
        }
        int most = found.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return some.size() == 1 ? share(some, 1) : (double) most / (some.size() - 1);
    }

    /** Words that stand in the text in the same order: {@code length} of them from number {@code at} on. */
    record Fragment(int in, int at, int length) {}

    /**
     * A statement pieced together from the text, greedily, each time by the longest run of words that the text has; of several, by
     * the nearest to the one before. M. Grusky, M. Naaman, Y. Artzi, "Newsroom: a dataset of 1.3 million summaries with diverse
     * extractive strategies", NAACL 2018, figure 3. Words that the text lacks are in no fragment.
     */
    List<Fragment> fragments(List<String> statement) {
        List<Fragment> fragments = new ArrayList<>();
        int last = 0;
        int i = 0;
        while (i < statement.size()) {
            Fragment best = new Fragment(i, 0, 0);
            for (int at : starts(statement, i)) {
                int length = common(statement, i, at);
                boolean nearer = Math.abs(at - last) < Math.abs(best.at - last);
                if (length > best.length || (length == best.length && nearer)) {
                    best = new Fragment(i, at, length);
                }
            }
            if (best.length > 0) {
                fragments.add(best);
                last = best.at + best.length;
            }
            i += Math.max(1, best.length);
        }
        return fragments;
    }

    private List<Integer> starts(List<String> statement, int i) {
        List<Integer> pair = i + 1 < statement.size() ? starts.get(run(statement, i, i + 2)) : null;
        return pair != null ? pair : starts.getOrDefault(statement.get(i), List.of());
    }

    private int common(List<String> statement, int i, int at) {
        int length = 0;
        while (i + length < statement.size()
                && at + length < words.size()
                && statement.get(i + length).equals(words.get(at + length))) {
            length++;
        }
        return length;
    }

    /** Whether one of the words from and to denies something. */
    boolean denies(int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(to, words.size()); i++) {
            if (Facts.isNegator(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Where words from and to stand, in code points. */
    Span place(int from, int to) {
        return new Span(places.get(from).start(), places.get(to - 1).end());
    }
}
