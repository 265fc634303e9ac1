package kindling.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import kindling.jobs.io.Json;

/**
 * Where a training run stands after a round: all that lives on the driver. What replicas carry, and the outer optimiser's part of each slice,
 * stay with the executors.
 *
 * @param round rounds finished
 * @param start what the next round starts from
 * @param guard of averaged gradients
 * @param best validation so far
 */
@SuppressWarnings("ArrayRecordComponent") // six numbers that pass through unchanged: not copied
record TrainingState(long round, Round.Start start, float[] guard, Best best) {

    /**
     * The best validation of a run.
     *
     * @param round after which it was; 0 when there was none
     * @param loss nats a token
     * @param since validations after it
     */
    record Best(long round, double loss, int since) {
        static final Best NONE = new Best(0, Double.POSITIVE_INFINITY, 0);

        /** After one more validation. */
        Best after(long newRound, double newLoss) {
            return newLoss < loss ? new Best(newRound, newLoss, 0) : new Best(round, loss, since + 1);
        }

        ObjectNode toJson() {
            return Json.object()
                    .put("round", round)
                    .put("loss", Double.isFinite(loss) ? loss : null)
                    .put("since", since);
        }

        static Best of(JsonNode node) {
            return node.isMissingNode()
                    ? NONE
                    : new Best(
                            node.path("round").asLong(),
                            node.path("loss").asDouble(Double.POSITIVE_INFINITY),
                            node.path("since").asInt());
        }
    }

    float[] parameters() {
        return start.slices().parameters();
    }

    TrainingState with(Best newBest) {
        return new TrainingState(round, start, guard, newBest);
    }
}
