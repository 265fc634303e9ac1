package kindling.model.tensor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this JVM was started with the Vector API; looked up once, so that the warning comes once. */
final class VectorModule {

    private static final Logger LOG = LoggerFactory.getLogger(RowKernels.class);

    static final boolean PRESENT = find();

    private VectorModule() {}

    private static boolean find() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (!present) {
            LOG.warn("no module jdk.incubator.vector, training will be slower: "
                    + "start Java with --add-modules=jdk.incubator.vector");
        }
        return present;
    }
}
