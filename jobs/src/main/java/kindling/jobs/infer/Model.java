package kindling.jobs.infer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kindling.jobs.UserError;
import kindling.jobs.chat.ChatTemplate;
import kindling.jobs.io.Digest;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.SharedTokenizer;
import kindling.jobs.io.Storage;
import kindling.jobs.io.StoredCheckpoint;
import kindling.jobs.prompt.PromptTemplate;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;
import kindling.prep.token.Tokenizer;
import org.apache.hadoop.fs.Path;

/**
 * A checkpoint as it travels to executors, once to each: meant to be broadcast.
 *
 * @param config its {@code config.json}
 * @param ends the ids that end what it writes, what it was last taught to end with first
 * @param trainedHere whether a run of this program trained it: on texts without begin ids
 */
public record Model(
        String config, SharedWeights weights, SharedTokenizer tokenizer, List<Integer> ends, boolean trainedHere)
        implements Serializable {
    /** Where a training run records what it was trained for. */
    private static final String STATE = "trainer_state.json";

    private static final String ROUND = "round"; // other trainers write a file of that name, without it

    private static final int DIGESTED = 1 << 16; // floats at a time

    /** {@link #read(InputPath, Precision)} with the weights as they are. */
    public static Model read(InputPath checkpoint) {
        return read(checkpoint, Precision.FLOAT32);
    }

    /** @throws UserError when the folder holds no checkpoint that can be read */
    public static Model read(InputPath checkpoint, Precision precision) {
        TransformerConfig config = config(checkpoint);
        float[] parameters = parameters(checkpoint, config); // first: weights that cannot be read are the greater news
        SharedTokenizer tokenizer = SharedTokenizer.read(checkpoint);
        return new Model(
                config.toJson(),
                new SharedWeights(parameters, precision),
                tokenizer,
                ends(checkpoint, tokenizer.get()),
                state(checkpoint).has(ROUND));
    }

    /** A conversation's turns end otherwise than texts. One that was fine-tuned with a prompt around documents ends as texts do. */
    private static List<Integer> ends(InputPath checkpoint, Tokenizer tokenizer) {
        List<Integer> ends = new ArrayList<>(List.of(tokenizer.endOfText()));
        OptionalInt turn = ChatTemplate.end(checkpoint).map(tokenizer::id).orElse(OptionalInt.empty());
        if (turn.isPresent() && !ends.contains(turn.getAsInt())) {
            ends.add(template(checkpoint).isPresent() ? 1 : 0, turn.getAsInt());
        }
        return List.copyOf(ends);
    }

    public TransformerConfig shape() {
        return TransformerConfig.fromJson(config);
    }

    /** All parameters, as exact as they are used; shared and not to be changed. */
    float[] parameters() {
        return weights.precision() == Precision.FLOAT32 ? weights.values() : packed().theta();
    }

    /** The same, packed for writing; made once on each executor. */
    PackedParameters packed() {
        return weights.packed(shape());
    }

    /** SHA-256 of all that decides what this model writes: shape, weights, tokenizer and end ids. */
    public String fingerprint() {
        Digest digest = new Digest()
                .add(config)
                .add(tokenizer.json())
                .add(ends.toString())
                .add(weights.precision().toString());
        ByteBuffer piece = ByteBuffer.allocate(DIGESTED * Float.BYTES);
        float[] values = weights.values();
        int count;
        for (int from = 0; from < values.length; from += count) {
            count = Math.min(DIGESTED, values.length - from);
            piece.asFloatBuffer().put(values, from, count);
            digest.add(piece.array(), count * Float.BYTES);
        }
        return digest.hex();
    }

    /** The shape of a checkpoint. */
    public static TransformerConfig config(InputPath checkpoint) {
        Path file = new Path(Storage.absolute(checkpoint.path()), "config.json");
        if (!Storage.exists(file)) {
            throw new UserError("%s holds no checkpoint: it has no config.json".formatted(checkpoint));
        }
        try {
            return TransformerConfig.fromJson(Storage.text(file));
        } catch (IllegalArgumentException e) {
            throw new UserError(file + ": " + e.getMessage());
        }
    }

    /**
     * The parameters of a checkpoint of this shape, in one file or in several.
     *
     * @throws UserError when they cannot be read
     */
    public static float[] parameters(InputPath checkpoint, TransformerConfig config) {
        try {
            return Checkpoint.readModel(StoredCheckpoint.of(checkpoint), config);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("the checkpoint %s cannot be read: %s".formatted(checkpoint, e.getMessage()));
        }
    }

    /** The template that a checkpoint was fine-tuned with, if it was. */
    public static Optional<PromptTemplate> template(InputPath checkpoint) {
        JsonNode template = state(checkpoint).path("prompt_template");
        return template.isTextual() ? Optional.of(new PromptTemplate(template.asText())) : Optional.empty();
    }

    private static ObjectNode state(InputPath checkpoint) {
        Path file = new Path(Storage.absolute(checkpoint.path()), STATE);
        return Storage.exists(file) ? Json.parse(Storage.text(file)) : Json.object();
    }

    /** What stands before every text that this model reads. */
    BeginIds begin() {
        return trainedHere ? BeginIds.NONE : BeginIds.of(tokenizer.get());
    }
}
