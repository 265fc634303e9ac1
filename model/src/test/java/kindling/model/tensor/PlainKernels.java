package kindling.model.tensor;

/** The kernels of a JVM without vectors, for tests of other packages. */
public final class PlainKernels {

    private PlainKernels() {}

    public static RowKernels create() {
        return new ScalarKernels();
    }
}
