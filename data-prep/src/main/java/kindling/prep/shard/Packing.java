package kindling.prep.shard;

import java.util.Locale;

/**
 * How the documents of a shard become sequences of T positions: a pure function of where documents end and of T. Each id is predicted once,
 * from those before it, but for the ids that a packing names; none is predicted twice.
 */
public enum Packing {
    /**
     * One document after the other, without regard to borders: sequence i starts at id i T. Not predicted: a shard's first id, and its last
     * ones, fewer than T.
     */
    STREAM {
        @Override
        Sequences pack(long[] ends, int length) {
            long count = ends.length == 0 ? 0 : ends[ends.length - 1];
            int windows = Math.toIntExact(size(count, length));
            Pieces pieces = new Pieces(windows);
            for (int i = 0; i < windows; i++) {
                pieces.add((long) i * length, length);
            }
            return pieces.oneEach();
        }
    },

    /** A sequence holds ids of one document; what it does not fill is padding. Not predicted: each document's first id. */
    DOCUMENT {
        @Override
        Sequences pack(long[] ends, int length) {
            return Pieces.ofDocuments(ends, length).oneEach();
        }
    },

    /** Whole documents share a sequence, longer ones are cut: {@link BestFit}. Not predicted: each document's first id. */
    BEST_FIT {
        @Override
        Sequences pack(long[] ends, int length) {
            return BestFit.pack(Pieces.ofDocuments(ends, length), length);
        }
    };

    abstract Sequences pack(long[] ends, int length);

    /**
     * The sequences of a shard.
     *
     * @param ends position behind the last id of each document, growing
     * @param length T, at least 1
     */
    public Sequences sequences(long[] ends, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a sequence has at least one position, got " + length);
        }
        return pack(ends, length);
    }

    /** How many sequences {@link #STREAM} makes of a shard of {@code count} ids, without looking at documents. */
    public static long size(long count, int length) {
        return Math.max(0, count - 1) / length;
    }

    /** @throws IllegalArgumentException when there is no packing of this name */
    public static Packing named(String name) {
        for (Packing packing : values()) {
            if (packing.toString().equals(name)) {
                return packing;
            }
        }
        throw new IllegalArgumentException("packing is one of stream, document, best-fit, got " + name);
    }

    /** As options and manifests spell it: {@code stream}, {@code document}, {@code best-fit}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
