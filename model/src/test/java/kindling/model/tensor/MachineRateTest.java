package kindling.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineRateTest {

    @Test
    void ratesAreThoseOfACore() {
        assertThat(MachineRate.gigaflops()).isBetween(0.5, 5000.0);
        assertThat(MachineRate.gigabytesCopied()).isBetween(0.05, 1000.0);
        assertThat(MachineRate.gigabytesRead(1 << 24)).isBetween(0.05, 5000.0);
    }
}
