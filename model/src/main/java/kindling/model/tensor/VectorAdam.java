package kindling.model.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A step of Adam with decoupled decay, see {@link RowKernels.Adam}. */
final class VectorAdam {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorAdam() {}

    /** Moves as many of the first n values as fill whole vectors; how many those are. */
    static int apply(float[] p, float[] g, float[] m, float[] v, int n, RowKernels.Adam by) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, i).mul(by.clip());
            FloatVector mean =
                    FloatVector.fromArray(SPECIES, m, i).mul(by.beta1()).add(gradient.mul(by.fresh1()));
            FloatVector square = FloatVector.fromArray(SPECIES, v, i)
                    .mul(by.beta2())
                    .add(gradient.mul(by.fresh2()).mul(gradient));
            mean.intoArray(m, i);
            square.intoArray(v, i);
            FloatVector root = square.mul(by.correction()).sqrt().add(by.epsilon());
            FloatVector kept = FloatVector.fromArray(SPECIES, p, i).mul(by.keep());
            kept.sub(mean.mul(by.rate()).div(root)).intoArray(p, i);
        }
        return whole;
    }
}
