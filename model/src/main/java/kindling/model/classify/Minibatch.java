package kindling.model.classify;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A few sparse examples as dense rows, in the same memory again and again: only what was set is cleared. */
final class Minibatch implements AutoCloseable {
    private final INDArray inputs; // (B, F)
    private final INDArray targets; // (B, L), a single 1 in each row
    private List<Example> rows = List.of();

    Minibatch(int size, int features, int labels) {
        inputs = Nd4j.create(DataType.FLOAT, new long[] {size, features}, 'c');
        targets = Nd4j.create(DataType.FLOAT, new long[] {size, labels}, 'c');
    }

    /** @param examples no more than the size; the result is valid until the next call */
    DataSet of(List<Example> examples) {
        clear();
        rows = List.copyOf(examples); // the caller may shuffle its list before the next call
        for (int row = 0; row < rows.size(); row++) {
            Example example = rows.get(row);
            long start = row * inputs.size(1);
            for (int i = 0; i < example.ids().length; i++) {
                inputs.data().put(start + example.ids()[i], example.values()[i]);
            }
            targets.data().put(row * targets.size(1) + example.label(), 1f);
        }
        return new DataSet(top(inputs), top(targets));
    }

    private void clear() {
        for (int row = 0; row < rows.size(); row++) {
            long start = row * inputs.size(1);
            for (int id : rows.get(row).ids()) {
                inputs.data().put(start + id, 0f);
            }
        }
        targets.assign(0);
    }

    private INDArray top(INDArray array) {
        return array.get(NDArrayIndex.interval(0, rows.size()), NDArrayIndex.all());
    }

    @Override
    public void close() {
        inputs.close();
        targets.close();
    }
}
