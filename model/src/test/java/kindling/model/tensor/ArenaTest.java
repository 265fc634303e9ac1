package kindling.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ArenaTest {

    @Test
    void refusesMoreThanAnyMachineHas() {
        try (Arena arena = new Arena()) {
            arena.matrix(1L << 40, 1 << 10);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> arena.matrix(1L << 40, 1 << 24))
                    .withMessageContaining("no machine has memory for 1099511627776 x 16777216 more floats");
        }
    }

    @Test
    void matricesLieApartFromEachOther() {
        try (Arena arena = new Arena()) {
            Matrix a = arena.matrix(2, 3);
            Matrix b = arena.matrix(2, 3);
            arena.allocate();

            a.put(1, new float[] {1, 2, 3});
            b.put(0, new float[] {4, 5, 6});

            assertThat(row(a, 0)).containsExactly(0, 0, 0);
            assertThat(row(a, 1)).containsExactly(1, 2, 3);
            assertThat(row(b, 0)).containsExactly(4, 5, 6);
        }
    }

    @Test
    void copiesAndZeroesWholeRowsOnly() {
        try (Arena arena = new Arena()) {
            Matrix a = arena.matrix(3, 2);
            Matrix b = arena.matrix(3, 2);
            arena.allocate();
            a.put(0, new float[] {1, 2, 3, 4, 5, 6});

            b.copy(a, 2);
            a.zero(1);

            assertThat(row(b.reshaped(6), 0)).containsExactly(1, 2, 3, 4, 0, 0);
            assertThat(row(a.reshaped(6), 0)).containsExactly(0, 0, 3, 4, 5, 6);
            assertThat(row(a.from(1), 1)).containsExactly(5, 6);
        }
    }

    @Test
    void refusesPlacesOutsideItsMemory() {
        try (Arena arena = new Arena()) {
            Matrix a = arena.matrix(1, 16);
            arena.allocate();

            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> a.zero(2));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> row(a, 1));
        }
    }

    @Test
    void takesNoMatrixAfterItsMemory() {
        try (Arena arena = new Arena().allocate()) {
            assertThatIllegalStateException().isThrownBy(() -> arena.matrix(1, 1));
        }
    }

    @Test
    void tooLittleMemoryNamesTheAmountAndTheRemedy() {
        try (Arena arena = new Arena()) {
            arena.matrix(1L << 40, 4);

            assertThatIllegalStateException()
                    .isThrownBy(arena::allocate)
                    .withMessageContaining("no 17592186044416 bytes of memory outside the heap")
                    .withMessageContaining("-Xmx");
        }
    }

    private static float[] row(Matrix matrix, int row) {
        float[] values = new float[matrix.columns()];
        matrix.get(row, values);
        return values;
    }
}
