package kindling.model.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the {@code numBeams} likeliest hypotheses side by side, and the best finished ones apart.
 *
 * <p>Each step looks at the 2 numBeams likeliest continuations of all live hypotheses together. One that ends is kept when it is
 * among the first numBeams of them, with the score sum / length^lengthPenalty; the others live on. The search is over when
 * numBeams are finished and the likeliest continuation, by the score it has now, is no better than the worst of them.
 *
 * <p>Semantics of Hugging Face's BeamSearchScorer with early_stopping=False; the prompt counts neither in length nor in sum.
 */
final class BeamSearch implements Search {
    /** Keeps the copies of the prompt out of the first step, in which all hypotheses are equal. */
    private static final double NOT_YET = -1e9;

    private static final int[] OVER = {};

    private final Decoding decoding;
    private final Scores scores;
    private final int width;
    private List<Hypothesis> live = new ArrayList<>();
    private final List<Hypothesis> finished = new ArrayList<>();

    /**
     * One of the beams.
     *
     * @param stopped whether the end id, which the sequence does not hold, came
     * @param sum of the processed log-probabilities, which rank
     * @param own log-probabilities of the model itself, for each id and the end id
     * @param score the sum with its length made up for, once finished
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed once it is in
    record Hypothesis(Sequence sequence, boolean stopped, double sum, double[] own, double score) {}

    /** One continuation: total = the hypothesis' sum + the id's processed log-probability; own is the model's of the id. */
    private record Candidate(int parent, int id, double total, double own) {}

    BeamSearch(Sequence prompt, Decoding decoding, Scores scores) {
        this.decoding = decoding;
        this.scores = scores;
        this.width = decoding.numBeams();
        for (int beam = 0; beam < width; beam++) {
            live.add(new Hypothesis(prompt, false, beam == 0 ? 0 : NOT_YET, new double[0], 0));
        }
    }

    @Override
    public int live() {
        return live.size();
    }

    @Override
    public Sequence sequence(int hypothesis) {
        return live.get(hypothesis).sequence;
    }

    @Override
    public int[] advance(float[][] logits) {
        List<Candidate> candidates = candidates(logits);
        List<Hypothesis> next = new ArrayList<>();
        int[] parents = new int[width];
        for (int rank = 0; rank < candidates.size() && next.size() < width; rank++) {
            Candidate candidate = candidates.get(rank);
            Hypothesis grown = grown(candidate);
            if (!grown.stopped) {
                parents[next.size()] = candidate.parent;
                next.add(grown);
            } else if (rank < width) {
                finish(grown, live.get(candidate.parent).sequence.written() + 1);
            }
        }
        fill(next, parents);
        return settle(next, candidates, parents);
    }

    /** Where a guide leaves fewer continuations than beams, copies of the first take the other places, and never win. */
    private void fill(List<Hypothesis> next, int[] parents) {
        while (!next.isEmpty() && next.size() < width) {
            parents[next.size()] = parents[0];
            Hypothesis first = next.get(0);
            next.add(new Hypothesis(first.sequence, false, NOT_YET, first.own, 0));
        }
    }

    private Hypothesis grown(Candidate candidate) {
        Hypothesis parent = live.get(candidate.parent);
        double[] own = Arrays.copyOf(parent.own, parent.own.length + 1);
        own[parent.own.length] = candidate.own;
        if (candidate.id == decoding.endId()) {
            return new Hypothesis(parent.sequence, true, candidate.total, own, 0);
        }
        Sequence longer = parent.sequence.with(candidate.id);
        return new Hypothesis(longer, scores.isOver(longer), candidate.total, own, 0);
    }

    /** Takes up the next hypotheses, unless nothing better can come of them. */
    private int[] settle(List<Hypothesis> next, List<Candidate> candidates, int[] parents) {
        int length = live.get(0).sequence.written() + 1;
        boolean decided = finished.size() == width
                && !candidates.isEmpty()
                && worst().score >= score(candidates.get(0).total, length);
        if (!decided && next.size() == width && length < decoding.maxNewTokens()) {
            live = next;
            return parents;
        }
        if (!decided) {
            List<Hypothesis> last = next.isEmpty() && finished.isEmpty() ? live : next;
            last.forEach(hypothesis -> finish(hypothesis, Math.max(1, hypothesis.sequence.written())));
        }
        live = List.of();
        return OVER;
    }

    private void finish(Hypothesis hypothesis, int length) {
        double score = score(hypothesis.sum, length);
        Hypothesis done =
                new Hypothesis(hypothesis.sequence, hypothesis.stopped, hypothesis.sum, hypothesis.own, score);
        if (finished.size() < width) {
            finished.add(done);
        } else if (done.score > worst().score) {
            finished.remove(worst());
            finished.add(done);
        }
    }

    private double score(double sum, int length) {
        return sum / StrictMath.pow(length, decoding.lengthPenalty());
    }

    /** The first of equals. */
    private Hypothesis worst() {
        return finished.stream()
                .min(Comparator.comparingDouble(Hypothesis::score))
                .orElseThrow();
    }

    /** The 2 numBeams likeliest continuations, best first; among equals the lower hypothesis, then the lower id. */
    private List<Candidate> candidates(float[][] logits) {
        List<Candidate> best = new ArrayList<>();
        for (int beam = 0; beam < live.size(); beam++) {
            Hypothesis hypothesis = live.get(beam);
            double normalizer = scores.logNormalizer(logits[beam]);
            float[] processed = scores.processed(logits[beam], normalizer, hypothesis.sequence);
            for (int id = 0; id < processed.length; id++) {
                double total = hypothesis.sum + processed[id];
                boolean full = best.size() == 2 * width;
                boolean better = !full || total > best.get(best.size() - 1).total;
                if (processed[id] != ScoreProcessor.FORBIDDEN && better) {
                    insert(best, new Candidate(beam, id, total, logits[beam][id] - normalizer));
                }
            }
        }
        return best;
    }

    private void insert(List<Candidate> best, Candidate candidate) {
        int at = best.size();
        while (at > 0 && best.get(at - 1).total < candidate.total) {
            at--;
        }
        best.add(at, candidate);
        if (best.size() > 2 * width) {
            best.remove(best.size() - 1);
        }
    }

    /** Finished hypotheses, best first. */
    List<Hypothesis> ranked() {
        return finished.stream()
                .sorted(Comparator.comparingDouble(Hypothesis::score).reversed())
                .toList();
    }

    @Override
    public Completion completion() {
        Hypothesis best = ranked().get(0);
        return new Completion(best.sequence.writtenIds(), best.stopped, best.own);
    }
}
