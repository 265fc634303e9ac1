package kindling.model;

import java.util.Optional;

/** How a model knows where a token stands. */
public sealed interface Positions {

    /** A learned row for each position, added to the token's (Radford et al., 2019). */
    record Learned() implements Positions {}

    /**
     * Rotations of queries and keys: pair i of a head turns by position * theta^(-2i/D) (Su et al., 2021, "RoFormer").
     *
     * @param theta base of the wave lengths, > 0
     * @param scaling how wave lengths are stretched for contexts longer than those trained on
     */
    record Rotary(double theta, Optional<RotaryScaling> scaling) implements Positions {

        /** Wave lengths as they are. */
        public Rotary(double theta) {
            this(theta, Optional.empty());
        }

        /**
         * Angle by which pair {@code pair} of a head turns from one position to the next, in radians.
         *
         * @param headDim D
         */
        public double frequency(int pair, int headDim) {
            double plain = StrictMath.pow(theta, -2.0 * pair / headDim);
            return scaling.isPresent() ? scaling.get().scaled(plain) : plain;
        }
    }

    /** A table of learned positions. */
    static Positions learned() {
        return new Learned();
    }

    /** Rotations with this base. */
    static Positions rotary(double theta) {
        return new Rotary(theta);
    }
}
