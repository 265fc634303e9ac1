package kindling.model.generate;

import java.util.ArrayList;
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
     * @param logProbability the model's own
     * @param score the sum with its length made up for, once finished
     */
    record Hypothesis(Sequence sequence, boolean stopped, double sum, double logProbability, double score) {}

    /** One continuation: total = the hypothesis' sum + the id's processed log-probability. */
    private record Candidate(int parent, int id, double total, double logProbability) {}

    BeamSearch(Sequence prompt, Decoding decoding, Scores scores) {
        this.decoding = decoding;
        this.scores = scores;
        this.width = decoding.numBeams();
        for (int beam = 0; beam < width; beam++) {
            live.add(new Hypothesis(prompt, false, beam == 0 ? 0 : NOT_YET, 0, 0));
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
            Hypothesis parent = live.get(candidate.parent);
            if (candidate.id != decoding.endId()) {
                parents[next.size()] = candidate.parent;
                Sequence longer = parent.sequence.with(candidate.id);
                next.add(new Hypothesis(longer, false, candidate.total, candidate.logProbability, 0));
            } else if (rank < width) {
                int length = parent.sequence.written() + 1;
                finish(parent.sequence, true, candidate.total, candidate.logProbability, length);
            }
        }
        return settle(next, candidates, parents);
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
            List<Hypothesis> last = next.isEmpty() ? live : next;
            last.forEach(h -> finish(h.sequence, false, h.sum, h.logProbability, Math.max(1, h.sequence.written())));
        }
        live = List.of();
        return OVER;
    }

    private void finish(Sequence sequence, boolean stopped, double sum, double logProbability, int length) {
        Hypothesis done = new Hypothesis(sequence, stopped, sum, logProbability, score(sum, length));
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
                    double own = hypothesis.logProbability + logits[beam][id] - normalizer;
                    insert(best, new Candidate(beam, id, total, own));
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
        return new Completion(best.sequence.writtenIds(), best.stopped, best.logProbability);
    }
}
