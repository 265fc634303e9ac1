package kindling.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import org.apache.hadoop.fs.Path;

/**
 * Validation while training goes on: every n rounds and after the last, the loss on texts that are not trained on. The best model so far lies in the
 * folder {@value #BEST} of the run, a checkpoint of its own. Runs on the driver.
 */
public final class Evaluations {
    private static final int STEPS = 100;

    /** Where the best model lies in a run's folder. */
    public static final String BEST = "best";

    private final Plan plan;
    private final Path folder;
    private final ObjectNode facts;
    private final OptionalLong every;
    private final int patience;
    private final Function<float[], Evaluation> measure;

    /**
     * What a model's loss was.
     *
     * @param loss nats a token
     * @param bitsPerByte of the text
     */
    public record Evaluation(double loss, double perplexity, double bitsPerByte) {}

    /**
     * A state after a validation that may have been due.
     *
     * @param found what was measured, if it was
     */
    record Evaluated(TrainingState state, Optional<Evaluation> found, double seconds) {}

    /**
     * @param folder of the run
     * @param facts what {@code trainer_state.json} of the best model says besides its place and loss
     * @param every n, rounds between two validations; where nothing is said, about {@value #STEPS} steps
     * @param patience validations without a better one after which training ends; 0 for never
     * @param measure the loss of parameters
     */
    public Evaluations(
            Plan plan,
            Path folder,
            ObjectNode facts,
            OptionalLong every,
            int patience,
            Function<float[], Evaluation> measure) {
        this.plan = plan;
        this.folder = folder;
        this.facts = facts;
        this.every = every;
        this.patience = patience;
        this.measure = measure;
    }

    /** No validation. */
    public static Evaluations none(Plan plan) {
        return new Evaluations(plan, null, null, OptionalLong.empty(), 0, null);
    }

    /** Whether the last validations promise nothing any more. */
    boolean isEnough(TrainingState.Best best) {
        return patience > 0 && best.since() >= patience;
    }

    /** Measures when it is due. */
    Evaluated after(TrainingState state) {
        if (measure == null || !isDue(state.round())) {
            return new Evaluated(state, Optional.empty(), 0);
        }
        long start = System.nanoTime();
        float[] parameters = state.parameters();
        Evaluation found = measure.apply(parameters);
        TrainingState.Best best = state.best().after(state.round(), found.loss);
        if (best.round() == state.round()) {
            write(best, parameters);
        }
        return new Evaluated(state.with(best), Optional.of(found), (System.nanoTime() - start) / 1e9);
    }

    private boolean isDue(long round) {
        return round == plan.rounds()
                || (every.isPresent()
                        ? round % every.getAsLong() == 0
                        : plan.firstStep(round) / STEPS > plan.firstStep(round - 1) / STEPS);
    }

    private void write(TrainingState.Best best, float[] parameters) {
        Path beside = new Path(folder, "." + BEST + ".unfinished");
        Storage.delete(beside);
        TransformerConfig config = plan.model();
        Seal.write(new Path(beside, States.MODEL), out -> Checkpoint.writeModel(out, config, parameters));
        Storage.write(new Path(beside, States.CONFIG), config.toJson());
        Storage.lengths(folder).keySet().stream()
                .filter(name -> name.startsWith("tokenizer") || name.startsWith("chat_template"))
                .forEach(name -> Storage.write(new Path(beside, name), Storage.text(new Path(folder, name))));
        ObjectNode state = facts.deepCopy()
                .put("round", best.round())
                .put("step", plan.firstStep(best.round()))
                .put("validation_loss", best.loss());
        Storage.write(new Path(beside, States.STATE), Json.text(state));
        Storage.delete(new Path(folder, BEST));
        Storage.rename(beside, new Path(folder, BEST));
    }
}
