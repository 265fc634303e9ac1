package kindling.jobs.infer;

import java.io.Serializable;
import kindling.model.TransformerConfig;
import kindling.model.generate.Prefixes;
import kindling.model.layer.PackedParameters;
import kindling.model.tensor.Precision;

/** A model's parameters as they travel to executors: packed for writing once in each, and shared by all its tasks. */
final class SharedWeights implements Serializable {
    private static final long serialVersionUID = 1;

    private final float[] values;
    private final Precision precision;
    private transient PackedParameters packed;
    private transient Prefixes prefixes;

    SharedWeights(float[] values, Precision precision) {
        this.values = values;
        this.precision = precision;
    }

    /** As they were read. */
    float[] values() {
        return values;
    }

    Precision precision() {
        return precision;
    }

    synchronized PackedParameters packed(TransformerConfig config) {
        if (packed == null) {
            packed = new PackedParameters(config, values, precision);
        }
        return packed;
    }

    /** Of all that write with them on an executor. */
    synchronized Prefixes prefixes() {
        if (prefixes == null) {
            prefixes = new Prefixes();
        }
        return prefixes;
    }
}
