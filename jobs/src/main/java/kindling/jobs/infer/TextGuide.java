package kindling.jobs.infer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kindling.model.generate.Choices;
import kindling.model.generate.Guide;
import kindling.prep.token.Tokenizer;

/**
 * Ends a text at the first of its stop strings, or at one of its model's end ids, and lets nothing but choices be written where there
 * are any. Stop strings are looked for in the text of all that was written: one may begin inside a token and end inside another.
 */
final class TextGuide implements Guide {
    private final Tokenizer tokenizer;
    private final List<Integer> ends;
    private final List<String> stop;
    private final Optional<Choices> choices;

    /** @param ends the ids that end a text, the decoding's own first */
    TextGuide(Tokenizer tokenizer, List<Integer> ends, List<String> stop, List<String> choices) {
        this.tokenizer = tokenizer;
        this.ends = ends;
        this.stop = stop;
        this.choices = choices.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Choices(choices.stream().map(tokenizer::encode).toList(), ends.get(0)));
    }

    /** Ids of the longest choice and its end, where there are choices. */
    Optional<Integer> mostIds() {
        return choices.map(Choices::mostIds);
    }

    @Override
    public Optional<int[]> next(int[] written) {
        return choices.flatMap(all -> all.next(written));
    }

    @Override
    public boolean isOver(int[] written) {
        return ends.contains(written[written.length - 1])
                || choices.map(all -> all.isOver(written)).orElse(false)
                || (!stop.isEmpty()
                        && firstStop(tokenizer.decode(written, true)).isPresent());
    }

    /** The text of what was written, up to the first stop string. */
    String text(int[] written) {
        String text = tokenizer.decode(written, true);
        return firstStop(text).map(at -> text.substring(0, at)).orElse(text);
    }

    private Optional<Integer> firstStop(String text) {
        Stream<Integer> found = stop.stream().map(text::indexOf);
        return found.filter(at -> at >= 0).min(Comparator.naturalOrder());
    }
}
