package kindling.model.train;

import java.util.Arrays;
import kindling.model.Layout;
import kindling.model.TransformerConfig;

/**
 * Parameters to start training from, as a function of the shape and a seed.
 *
 * <p>Matrices are normal with deviation 0.02; the projections that end in the residual stream with 0.02 / sqrt(2L), so
 * that its variance does not grow with depth (Radford et al., 2019, §2.3). Norm weights are 1, biases 0.
 */
public final class Weights {

    private static final double DEVIATION = 0.02;

    private Weights() {}

    /**
     * The flat block of initial parameters in the order of {@link Layout}. Each value depends on the seed and its own
     * place alone.
     */
    public static float[] initial(TransformerConfig config, long seed) {
        Layout layout = Layout.of(config);
        float[] theta = new float[Math.toIntExact(layout.size())];
        for (Layout.Parameter parameter : layout.parameters()) {
            int from = (int) parameter.offset();
            int to = from + (int) parameter.size();
            if (parameter.rank() == 2) {
                fillNormal(theta, from, to, deviation(config, parameter.name()), seed);
            } else if (parameter.name().endsWith(".weight")) {
                Arrays.fill(theta, from, to, 1f);
            }
        }
        return theta;
    }

    private static double deviation(TransformerConfig config, String name) {
        return name.endsWith(".output.weight") ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION;
    }

    private static void fillNormal(float[] theta, int from, int to, double deviation, long seed) {
        for (int i = from; i < to; i++) {
            theta[i] = (float) (deviation * normal(seed, i));
        }
    }

    /** Box and Muller (1958), from two uniform draws for each place. StrictMath: the same bits on every machine. */
    private static double normal(long seed, long place) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(seed, 2 * place)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(seed, 2 * place + 1));
    }

    /** In (0, 1]. */
    private static double uniform(long seed, long counter) {
        return ((mix(mix(seed) + counter * 0x9E3779B97F4A7C15L) >>> 11) + 1) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
