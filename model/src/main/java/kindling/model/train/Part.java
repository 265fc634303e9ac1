package kindling.model.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kindling.model.Layout;
import kindling.model.TransformerConfig;

/**
 * A run of a model's parameters, in the order of its {@link Layout}, that one machine moves while others move theirs (Rajbhandari
 * et al., 2020, "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models", stage 1).
 *
 * @param index from 0, in order
 * @param from index of its first parameter
 * @param size number of its parameters
 */
public record Part(int index, int from, int size) implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * @throws IllegalArgumentException when it is empty or starts before the first parameter
     */
    public Part {
        if (index < 0 || from < 0 || size < 1) {
            throw new IllegalArgumentException("a part has an index >= 0, starts at >= 0 and has a size >= 1, got "
                    + index + ", " + from + " and " + size);
        }
    }

    /**
     * Cuts a model into parts that follow each other and leave nothing out. A matrix that the optimiser moves as a whole stays in
     * one part, which may be longer then.
     *
     * <pre>{@code
     * Part.cut(config, AdamW.defaults(), 1 << 20)   // parts of 2^20 parameters, the last of what is left
     * }</pre>
     *
     * @param most parameters of a part, >= 1
     * @throws IllegalArgumentException when most < 1
     */
    public static List<Part> cut(TransformerConfig config, Optimiser optimiser, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a part must have room for >= 1 parameters, got " + most);
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int end = 0;
        for (Segment segment : Segment.of(config)) {
            boolean whole = segment.isWholeUnder(optimiser);
            if (whole && end > from && segment.end() - from > most) {
                from = add(parts, from, end);
            }
            end = segment.end();
            while (!whole && end - from > most) {
                from = add(parts, from, from + most);
            }
            if (whole && end - from >= most) {
                from = add(parts, from, end);
            }
        }
        if (end > from) {
            add(parts, from, end);
        }
        return parts;
    }

    private static int add(List<Part> parts, int from, int to) {
        parts.add(new Part(parts.size(), from, to - from));
        return to;
    }

    /** Its own parameters, or gradients, of an array of all. */
    public float[] of(float[] all) {
        return Arrays.copyOfRange(all, from, from + size);
    }

    /** What of the model lies in it, as runs of the part. */
    List<Segment> segments(TransformerConfig config) {
        return Segment.within(config, from, from + size);
    }

    /** Whether it has some of a matrix that the optimiser moves as a whole, and not all. */
    boolean splits(TransformerConfig config, Optimiser optimiser) {
        return Segment.of(config).stream()
                .filter(segment -> segment.isWholeUnder(optimiser))
                .anyMatch(segment -> segment.isSplitBy(from) || segment.isSplitBy(from + size));
    }
}
