package kindling.model.tensor;

import java.util.Locale;

/** How the weights of products lie in memory. What is computed with them is computed in float32. */
public enum Precision {
    /** As they are. */
    FLOAT32,
    /** A byte each, and one factor for each output: a quarter of the memory, and of what is read of it for a lone text. */
    INT8;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
