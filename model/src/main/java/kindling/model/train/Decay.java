package kindling.model.train;

/** How the learning rate falls from its peak to its floor: how much of the way is left, 1 .. 0, after which share of it. */
public enum Decay {
    /** Not at all. */
    CONSTANT {
        @Override
        double left(double done, double decayShare) {
            return 1;
        }
    },

    /** In equal steps. */
    LINEAR {
        @Override
        double left(double done, double decayShare) {
            return 1 - done;
        }
    },

    /** Half a cosine (Loshchilov and Hutter, 2017, "SGDR"). */
    COSINE {
        @Override
        double left(double done, double decayShare) {
            return (1 + StrictMath.cos(Math.PI * done)) / 2;
        }
    },

    /**
     * Warm-up, stable, decay (Hu et al., 2024, "MiniCPM"): at the peak until the last share of the steps, then down in equal
     * steps. A run can be made longer from any step before that share.
     */
    WSD {
        @Override
        double left(double done, double decayShare) {
            return Math.min(1, (1 - done) / decayShare);
        }
    };

    /**
     * @param done share of the steps after the warm-up, [0, 1)
     * @param decayShare last share of them, (0, 1]; for {@link #WSD} alone
     */
    abstract double left(double done, double decayShare);
}
