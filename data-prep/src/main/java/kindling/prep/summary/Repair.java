package kindling.prep.summary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Words;

/**
 * A summary with sentences of its source in place of those that the source does not support.
 *
 * @param summary "" where neither had a sentence
 * @param kept sentences of the summary that stayed
 * @param replaced sentences that did not; each gave its place to one of the source, as long as there were such that say something
 *     new and had room
 */
public record Repair(String summary, int kept, int replaced) {
    private static final double MOST_REPEATED = 0.7; // share of a sentence's words that the rest may already have

    /**
     * @param leastSupport of a sentence that stays, 0 to 1
     * @param maxWords most words of the summary
     */
    public static Repair of(String source, String summary, double leastSupport, int maxWords) {
        List<Claim> claims = Support.claims(source, summary);
        List<String> sentences = Sentences.split(summary);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            if (claims.get(i).isSupported(leastSupport)) {
                kept.add(sentences.get(i));
            }
        }
        int replaced = sentences.size() - kept.size();
        if (replaced == 0) {
            return new Repair(summary, kept.size(), 0);
        }
        Deque<String> others = others(source, String.join(" ", kept), maxWords);
        List<String> mended = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            if (claims.get(i).isSupported(leastSupport)) {
                mended.add(sentences.get(i));
            } else if (!others.isEmpty()) {
                mended.add(others.remove());
            }
        }
        return new Repair(String.join(" ", mended), kept.size(), replaced);
    }

    /** Sentences of the source that say something new and fit, the best first. */
    private static Deque<String> others(String source, String kept, int maxWords) {
        int left = maxWords - Words.length(kept);
        if (left < 1) {
            return new ArrayDeque<>();
        }
        Source said = new Source(kept);
        return Extractive.ranked(source, left).stream()
                .filter(sentence -> said.share(Words.of(sentence), 1) <= MOST_REPEATED)
                .collect(Collectors.toCollection(ArrayDeque::new));
    }
}
