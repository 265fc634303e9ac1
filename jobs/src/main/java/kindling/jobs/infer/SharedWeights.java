package kindling.jobs.infer;

import java.io.Serializable;
import kindling.model.TransformerConfig;
import kindling.model.layer.PackedParameters;

/** A model's parameters as they travel to executors: packed for writing once in each, and shared by all its tasks. */
final class SharedWeights implements Serializable {
    private static final long serialVersionUID = 1;

    private final float[] values;
    private transient PackedParameters packed;

    SharedWeights(float[] values) {
        this.values = values;
    }

    float[] values() {
        return values;
    }

    synchronized PackedParameters packed(TransformerConfig config) {
        if (packed == null) {
            packed = new PackedParameters(config, values);
        }
        return packed;
    }
}
