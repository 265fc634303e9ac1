package kindling.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import kindling.model.TransformerConfig;
import kindling.model.checkpoint.Checkpoint;

/** How far values are from those of a reference. */
final class Reference {
    private Reference() {}

    /** A flat block as the reference names its tensors. */
    static Map<String, float[]> named(TransformerConfig config, float[] flat) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Checkpoint.writeModel(file, config, flat);
        Map<String, float[]> tensors = new TreeMap<>();
        Checkpoint.readTensors(new ByteArrayInputStream(file.toByteArray()))
                .forEach((name, values) -> tensors.put(name.replaceFirst("^transformer\\.", ""), values));
        return tensors;
    }

    static double relativeError(float[] actual, float[] expected) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largestDifference(actual, expected) / largest;
    }

    static double largestDifference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
        }
        return largest;
    }
}
