package kindling.model.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lets one of a few given texts be written, and nothing else. Id by id, only what continues one of them is allowed; one that
 * another continues is ended by the end id. Greedy chooses at the first id in which they differ; beam search, with as many beams
 * as choices, by the whole text.
 */
public final class Choices implements Guide {
    private final List<int[]> choices;
    private final int endId;

    /**
     * @param choices the ids of each
     * @throws IllegalArgumentException when there are none, or one is empty
     */
    public Choices(List<int[]> choices, int endId) {
        if (choices.isEmpty() || choices.stream().anyMatch(choice -> choice.length == 0)) {
            throw new IllegalArgumentException("choices must be at least one text, none of them empty");
        }
        this.choices = choices.stream().map(int[]::clone).toList();
        this.endId = endId;
    }

    /** Ids of the longest, and the end id. */
    public int mostIds() {
        return choices.stream().mapToInt(choice -> choice.length).max().orElseThrow() + 1;
    }

    @Override
    public Optional<int[]> next(int[] written) {
        return Optional.of(following(written).distinct().toArray());
    }

    /** As soon as one is complete that no other continues. */
    @Override
    public boolean isOver(int[] written) {
        return following(written).allMatch(id -> id == endId);
    }

    private IntStream following(int[] written) {
        int n = written.length;
        return choices.stream()
                .filter(choice -> n <= choice.length && Arrays.equals(choice, 0, n, written, 0, n))
                .mapToInt(choice -> n < choice.length ? choice[n] : endId);
    }
}
