package kindling.model.train;

import java.util.ArrayList;
import java.util.List;
import kindling.model.Layout;
import kindling.model.TransformerConfig;

/**
 * A run of values of the flat block of parameters that an optimiser moves in one way.
 *
 * @param offset in the block
 * @param rows of the matrix that the run is; 1 where it is none, or only some of one
 */
record Segment(Kind kind, int offset, int rows, int columns) {

    /** What optimisers tell apart. */
    enum Kind {
        /** A matrix between hidden states. */
        HIDDEN,
        /** Another matrix: an embedding, a position table, a head. */
        TABLE,
        /** A norm's weight, a bias. */
        VECTOR
    }

    /** All of a model, in the order of its {@link Layout}: queries, keys and values apart, gate and up apart. */
    static List<Segment> of(TransformerConfig config) {
        List<Segment> segments = new ArrayList<>();
        for (Layout.Parameter parameter : Layout.of(config).parameters()) {
            int offset = (int) parameter.offset();
            for (int rows : rows(config, parameter)) {
                Segment segment = new Segment(kind(parameter), offset, rows, parameter.columns());
                segments.add(segment);
                offset += segment.size();
            }
        }
        return segments;
    }

    /** What of a model lies in {@code from .. to} of the block, as runs of what starts there. */
    static List<Segment> within(TransformerConfig config, int from, int to) {
        return of(config).stream()
                .filter(segment -> segment.offset < to && segment.end() > from)
                .map(segment -> segment.within(from, to))
                .toList();
    }

    private static Kind kind(Layout.Parameter parameter) {
        if (parameter.rank() < 2) {
            return Kind.VECTOR;
        }
        return parameter.name().startsWith("layers.") ? Kind.HIDDEN : Kind.TABLE;
    }

    private static int[] rows(TransformerConfig config, Layout.Parameter parameter) {
        if (parameter.rank() < 2) {
            return new int[] {1};
        }
        int all = parameter.shape().get(0);
        if (parameter.name().endsWith(".attention.qkv.weight")) {
            return new int[] {config.queryWidth(), config.keyValueWidth(), config.keyValueWidth()};
        }
        if (parameter.name().endsWith(".mlp.input.weight") && config.gated()) {
            return new int[] {all / 2, all / 2};
        }
        return new int[] {all};
    }

    int size() {
        return rows * columns;
    }

    /** Index of the first value after it. */
    int end() {
        return offset + size();
    }

    /** Whether an optimiser moves it all at once or not at all. */
    boolean isWholeUnder(Optimiser optimiser) {
        return optimiser instanceof Muon && kind == Kind.HIDDEN;
    }

    /** Whether a part that ends, or starts, at that place has some of it and leaves some. */
    boolean isSplitBy(int place) {
        return offset < place && place < end();
    }

    /** What of it lies in {@code from .. to}, as a run of what starts there. */
    private Segment within(int from, int to) {
        if (from <= offset && end() <= to) {
            return new Segment(kind, offset - from, rows, columns);
        }
        int start = Math.max(from, offset);
        return new Segment(kind, start - from, 1, Math.min(to, end()) - start);
    }
}
