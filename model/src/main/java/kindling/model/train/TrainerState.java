package kindling.model.train;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.Layout;
import kindling.model.TransformerConfig;
import kindling.model.layer.Parameters;
import kindling.model.tensor.Arena;
import kindling.model.tensor.RowKernels;

/**
 * All that a learner carries from step to step besides its parameters: with it and them, training goes on as if it had never
 * stopped.
 *
 * @param step updates made
 * @param arrays by name, sorted: {@code exp_avg} and {@code exp_avg_sq} of AdamW, {@code momentum} of Muon, {@code guard} where
 *     there is one. Not copied
 */
public record TrainerState(long step, Map<String, float[]> arrays) implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * @throws IllegalArgumentException when step < 0
     */
    public TrainerState {
        if (step < 0) {
            throw new IllegalArgumentException("step must be >= 0, got " + step);
        }
        arrays = new TreeMap<>(arrays);
    }

    /** What a learner has before its first step: all 0. */
    public static TrainerState initial(TransformerConfig config, TrainingSettings settings) {
        try (Parameters parameters = new Parameters(Layout.of(config));
                Updates updates = new Updates(
                        settings.optimiser(),
                        Segment.of(config),
                        parameters.values(),
                        parameters.gradients(),
                        new Arena(),
                        RowKernels.create())) {
            return new TrainerState(0, updates.zeros());
        }
    }
}
