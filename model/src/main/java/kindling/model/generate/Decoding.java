package kindling.model.generate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How the next id is chosen, with Hugging Face's names and meanings.
 *
 * <pre>{@code
 * Decoding.sample().withTemperature(0.8).withTopK(50).withMaxNewTokens(100).withEndId(0)
 * }</pre>
 *
 * <p>The repetition penalty, forbidden n-grams and the least length act on every method; temperature, top-k, top-p and
 * min-p on {@code sample} only.
 *
 * @param method {@code greedy}: the likeliest id; {@code sample}: drawn by its probability; {@code beam}: the likeliest of
 *     numBeams continuations kept side by side
 * @param maxNewTokens >= 1; ids to write at most, the end id included
 * @param minNewTokens 0 ... maxNewTokens; ids before the end id may come
 * @param temperature > 0; scores are divided by it: below 1 sharper, above 1 flatter
 * @param topK keep the k likeliest ids; 0: all
 * @param topP in (0, 1]; keep the likeliest ids that together reach this probability; 1: all
 * @param minP in [0, 1]; keep ids at least this fraction as likely as the likeliest; 0: all
 * @param repetitionPenalty > 0; divides positive and multiplies negative scores of ids that occurred; 1: none
 * @param noRepeatNgramSize no run of this many ids occurs twice, prompt included; 0: any may
 * @param numBeams >= 1; used by {@code beam}
 * @param lengthPenalty a beam's sum of log-probabilities is divided by its length to this power: above 0 favours longer ones
 * @param endId the id that ends a text; -1: none
 * @param stop a text ends before the first of these strings that comes up in it; who knows the tokenizer makes a {@link Guide} of
 *     them
 * @param choices when there are any, what is written is one of these; likewise
 */
public record Decoding(
        String method,
        int maxNewTokens,
        int minNewTokens,
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        int noRepeatNgramSize,
        int numBeams,
        double lengthPenalty,
        int endId,
        List<String> stop,
        List<String> choices)
        implements Serializable {
    /** The method that {@link #greedy()} sets. */
    public static final String GREEDY = "greedy";

    /** The method that {@link #sample()} sets. */
    public static final String SAMPLE = "sample";

    /** The method that {@link #beam(int)} sets. */
    public static final String BEAM = "beam";

    private static final int NONE = -1;

    /** Hugging Face's default, long enough for a sentence. */
    private static final int DEFAULT_MAX_NEW_TOKENS = 20;

    /**
     * @throws IllegalArgumentException listing every value out of its range
     */
    public Decoding {
        List<String> mistakes = new ArrayList<>();
        if (!List.of(GREEDY, SAMPLE, BEAM).contains(method)) {
            mistakes.add("method must be greedy, sample or beam, got " + method);
        }
        if (maxNewTokens < 1) {
            mistakes.add("max-new-tokens must be >= 1, got " + maxNewTokens);
        }
        if (minNewTokens < 0 || minNewTokens > maxNewTokens) {
            mistakes.add("min-new-tokens must be 0 ... max-new-tokens " + maxNewTokens + ", got " + minNewTokens);
        }
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            mistakes.add("temperature must be > 0, got " + temperature + ": for no randomness use greedy");
        }
        if (topK < 0) {
            mistakes.add("top-k must be >= 0 (0 keeps all), got " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            mistakes.add("top-p must be in (0, 1] (1 keeps all), got " + topP);
        }
        if (!(minP >= 0 && minP <= 1)) {
            mistakes.add("min-p must be in [0, 1] (0 keeps all), got " + minP);
        }
        if (!(repetitionPenalty > 0) || Double.isInfinite(repetitionPenalty)) {
            mistakes.add("repetition-penalty must be > 0 (1 is none), got " + repetitionPenalty);
        }
        if (noRepeatNgramSize < 0) {
            mistakes.add("no-repeat-ngram-size must be >= 0 (0 allows all), got " + noRepeatNgramSize);
        }
        if (numBeams < 1) {
            mistakes.add("num-beams must be >= 1, got " + numBeams);
        }
        if (!Double.isFinite(lengthPenalty)) {
            mistakes.add("length-penalty must be a number, got " + lengthPenalty);
        }
        if (endId < -1) {
            mistakes.add("the end id must be >= 0, or -1 for none, got " + endId);
        }
        if (stop.contains("") || choices.contains("")) {
            mistakes.add("a stop string or a choice must have at least one character");
        }
        stop = List.copyOf(stop);
        choices = List.copyOf(choices);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /** The likeliest id each time. */
    public static Decoding greedy() {
        return new Decoding(GREEDY, DEFAULT_MAX_NEW_TOKENS, 0, 1, 0, 1, 0, 1, 0, 1, 1, NONE, List.of(), List.of());
    }

    /** Ids drawn by their probability. */
    public static Decoding sample() {
        return greedy().withMethod(SAMPLE);
    }

    /** Beam search, Hugging Face's with early_stopping=False. */
    public static Decoding beam(int numBeams) {
        return greedy().withMethod(BEAM).withNumBeams(numBeams);
    }

    /** The same with another method. */
    public Decoding withMethod(String method) {
        return changed(draft -> draft.method = method);
    }

    /** The same with another greatest length. */
    public Decoding withMaxNewTokens(int maxNewTokens) {
        return changed(draft -> draft.maxNewTokens = maxNewTokens);
    }

    /** The same with another least length. */
    public Decoding withMinNewTokens(int minNewTokens) {
        return changed(draft -> draft.minNewTokens = minNewTokens);
    }

    /** The same with another temperature. */
    public Decoding withTemperature(double temperature) {
        return changed(draft -> draft.temperature = temperature);
    }

    /** The same with another top-k. */
    public Decoding withTopK(int topK) {
        return changed(draft -> draft.topK = topK);
    }

    /** The same with another top-p. */
    public Decoding withTopP(double topP) {
        return changed(draft -> draft.topP = topP);
    }

    /** The same with another min-p. */
    public Decoding withMinP(double minP) {
        return changed(draft -> draft.minP = minP);
    }

    /** The same with another repetition penalty. */
    public Decoding withRepetitionPenalty(double repetitionPenalty) {
        return changed(draft -> draft.repetitionPenalty = repetitionPenalty);
    }

    /** The same with another size of n-grams that may not occur twice. */
    public Decoding withNoRepeatNgramSize(int noRepeatNgramSize) {
        return changed(draft -> draft.noRepeatNgramSize = noRepeatNgramSize);
    }

    /** The same with another number of beams. */
    public Decoding withNumBeams(int numBeams) {
        return changed(draft -> draft.numBeams = numBeams);
    }

    /** The same with another length penalty. */
    public Decoding withLengthPenalty(double lengthPenalty) {
        return changed(draft -> draft.lengthPenalty = lengthPenalty);
    }

    /** The same with another end id. */
    public Decoding withEndId(int endId) {
        return changed(draft -> draft.endId = endId);
    }

    /** The same with other stop strings. */
    public Decoding withStop(List<String> stop) {
        return changed(draft -> draft.stop = stop);
    }

    /** The same with other choices. */
    public Decoding withChoices(List<String> choices) {
        return changed(draft -> draft.choices = choices);
    }

    private Decoding changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.decoding();
    }

    /** The same values, to be changed one by one. */
    private static final class Draft {
        String method;
        int maxNewTokens;
        int minNewTokens;
        double temperature;
        int topK;
        double topP;
        double minP;
        double repetitionPenalty;
        int noRepeatNgramSize;
        int numBeams;
        double lengthPenalty;
        int endId;
        List<String> stop;
        List<String> choices;

        Draft(Decoding from) {
            method = from.method;
            maxNewTokens = from.maxNewTokens;
            minNewTokens = from.minNewTokens;
            temperature = from.temperature;
            topK = from.topK;
            topP = from.topP;
            minP = from.minP;
            repetitionPenalty = from.repetitionPenalty;
            noRepeatNgramSize = from.noRepeatNgramSize;
            numBeams = from.numBeams;
            lengthPenalty = from.lengthPenalty;
            endId = from.endId;
            stop = from.stop;
            choices = from.choices;
        }

        Decoding decoding() {
            return new Decoding(
                    method,
                    maxNewTokens,
                    minNewTokens,
                    temperature,
                    topK,
                    topP,
                    minP,
                    repetitionPenalty,
                    noRepeatNgramSize,
                    numBeams,
                    lengthPenalty,
                    endId,
                    stop,
                    choices);
        }
    }

    /** Hypotheses that live side by side. */
    int width() {
        return method.equals(BEAM) ? numBeams : 1;
    }
}
