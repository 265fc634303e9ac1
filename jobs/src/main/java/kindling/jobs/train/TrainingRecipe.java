package kindling.jobs.train;

import java.io.Serializable;
import kindling.model.train.AdamW;
import kindling.model.train.Decay;
import kindling.model.train.Guard;
import kindling.model.train.Muon;
import kindling.model.train.Optimiser;
import kindling.model.train.Schedule;
import kindling.model.train.TrainingSettings;

/**
 * How a replica learns, as command lines say it and as it travels to executors.
 *
 * @param muon whether matrices of layers move by Muon; AdamW moves all else, or everything
 * @param peak highest learning rate
 * @param floor lowest learning rate after the warm-up
 * @param warmup steps to the peak
 * @param decay from peak to floor
 * @param decayShare last share of the steps, for {@link Decay#WSD}
 * @param clip largest norm of the gradient, infinity for none
 * @param accumulate batches whose gradients make one step, >= 1
 * @param guard deviations above which a step is left out, infinity for none
 * @param recompute whether activations are computed again on the way back
 * @param withinDocuments whether attention stays inside documents
 */
public record TrainingRecipe(
        boolean muon,
        double peak,
        double floor,
        long warmup,
        Decay decay,
        double decayShare,
        double weightDecay,
        double beta1,
        double beta2,
        double clip,
        int accumulate,
        double dropout,
        double guard,
        boolean recompute,
        boolean withinDocuments)
        implements Serializable {

    /** AdamW's own defaults, a short warm-up, half a cosine down to a tenth of the peak. */
    public static TrainingRecipe of(double peak, long warmup) {
        AdamW adamW = AdamW.defaults();
        return new TrainingRecipe(
                false,
                peak,
                peak / 10,
                warmup,
                Decay.COSINE,
                Schedule.DECAY_SHARE,
                adamW.weightDecay(),
                adamW.beta1(),
                adamW.beta2(),
                adamW.clip(),
                1,
                0,
                Double.POSITIVE_INFINITY,
                false,
                false);
    }

    private Optimiser optimiser() {
        AdamW adamW = AdamW.defaults()
                .withBeta1(beta1)
                .withBeta2(beta2)
                .withWeightDecay(weightDecay)
                .withClip(clip);
        return muon ? Muon.defaults().withOthers(adamW).withWeightDecay(weightDecay) : adamW;
    }

    /**
     * @throws IllegalArgumentException naming values out of range
     */
    public TrainingSettings settings(long seed) {
        return TrainingSettings.of(optimiser())
                .withGuard(Guard.of(guard))
                .withDropout(dropout)
                .withRecompute(recompute)
                .withSeed(seed);
    }

    /**
     * The rates of a run; a warm-up longer than it is cut.
     *
     * @throws IllegalArgumentException naming values out of range
     */
    public Schedule schedule(long steps) {
        long cut = Math.min(warmup, Math.max(0, steps - 1));
        return new Schedule(decay, peak, floor, cut, Math.max(1, steps), decayShare);
    }
}
