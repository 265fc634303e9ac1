package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Dropout in whole vectors; which values are kept is decided in integers alone, and so the same as one by one. */
final class VectorDropout {

    /** 2^32 over the golden ratio: neighbours come far apart. */
    static final int GOLDEN = 0x9e3779b9;
    // The multipliers of lowbias32.
    static final int FIRST = 0x21f0aaad;
    static final int SECOND = 0xd35a2d97;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorDropout() {}

    /** As {@link RowKernels#dropout} for all whole vectors; returns how many values that were. */
    static int apply(float[] x, int from, int n, int column, int key, int secondKey, int threshold, float factor) {
        int whole = SPECIES.loopBound(n);
        IntVector steps = IntVector.zero(INTS).addIndex(1).mul(GOLDEN);
        for (int i = 0; i < whole; i += LANES) {
            IntVector h = steps.add((column + i) * GOLDEN + key);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16))
                    .mul(FIRST);
            h = h.lanewise(VectorOperators.XOR, secondKey);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15))
                    .mul(SECOND);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15));
            // All ones where the draw is not below the threshold: a mask would make garbage in Java 17.
            IntVector kept = h.lanewise(VectorOperators.LSHR, 8)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, 31)
                    .lanewise(VectorOperators.NOT);
            FloatVector scaled = FloatVector.fromArray(SPECIES, x, from + i).mul(factor);
            scaled.reinterpretAsInts().and(kept).reinterpretAsFloats().intoArray(x, from + i);
        }
        return whole;
    }
}
