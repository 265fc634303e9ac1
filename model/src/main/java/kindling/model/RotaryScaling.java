package kindling.model;

/**
 * Llama 3's stretching of rotary wave lengths (Grattafiori et al., 2024; {@code rope_type} llama3): waves longer than
 * {@code originalContext / lowFrequencyFactor} positions turn {@code factor} times slower, those shorter than {@code
 * originalContext / highFrequencyFactor} as before, and those between by a blend of the two.
 *
 * @param factor by which long waves are stretched, >= 1
 * @param lowFrequencyFactor in (0, highFrequencyFactor)
 * @param highFrequencyFactor see above
 * @param originalContext positions that the model was first trained on, >= 1
 */
public record RotaryScaling(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext) {

    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public RotaryScaling {
        if (!(factor >= 1) || !(lowFrequencyFactor > 0) || !(highFrequencyFactor > lowFrequencyFactor)) {
            throw new IllegalArgumentException(
                    "rotary scaling needs factor >= 1 and 0 < low_freq_factor < high_freq_factor, got " + factor + ", "
                            + lowFrequencyFactor + " and " + highFrequencyFactor);
        }
        if (originalContext < 1) {
            throw new IllegalArgumentException("original_max_position_embeddings must be >= 1, got " + originalContext);
        }
    }

    /** The frequency that takes the place of {@code frequency}, both in radians a position. */
    double scaled(double frequency) {
        double waves = originalContext * frequency / (2 * Math.PI);
        if (waves < lowFrequencyFactor) {
            return frequency / factor;
        }
        if (waves > highFrequencyFactor) {
            return frequency;
        }
        double smooth = (waves - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
        return (1 - smooth) * frequency / factor + smooth * frequency;
    }
}
