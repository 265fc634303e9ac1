package kindling.prep.summary;

import java.util.List;
import kindling.prep.sentence.Span;

/**
 * A sentence of a summary and what its source says of it. All places are half-open and in code points, as Spark SQL's {@code
 * substring} counts.
 *
 * @param place in the summary
 * @param support how much of it the source says, 0 to 1
 * @param numbers share of its numbers that stand in the source; 1 where it has none
 * @param names share of its names that do; 1 where it has none
 * @param contradicted whether it denies what the source does not, or the other way round
 * @param matches the runs of words that it shares with the source, in its order
 * @param missing its numbers and names that the source lacks
 */
public record Claim(
        Span place,
        double support,
        double numbers,
        double names,
        boolean contradicted,
        List<Match> matches,
        List<Span> missing) {

    /** Words of the summary and where the source has them. */
    public record Match(Span summary, Span source) {}

    public Claim {
        matches = List.copyOf(matches);
        missing = List.copyOf(missing);
    }

    /** Whether nothing in it is wrong as far as can be seen, and enough of it is the source's. */
    public boolean isSupported(double leastSupport) {
        return support >= leastSupport && numbers == 1 && names == 1 && !contradicted;
    }
}
