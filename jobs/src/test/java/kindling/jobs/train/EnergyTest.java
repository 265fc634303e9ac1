package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyTest {
    private static final long SECOND = 1_000_000_000;
    private static final long RANGE = 262_143_328_850L;

    @TempDir
    Path sys;

    @BeforeEach
    void fourCores() throws IOException {
        write("devices/system/cpu/online", "0-2,5\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = sys.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void zone(String zone, String name, long microjoules) throws IOException {
        write("class/powercap/" + zone + "/name", name + "\n");
        write("class/powercap/" + zone + "/energy_uj", microjoules + "\n");
        write("class/powercap/" + zone + "/max_energy_range_uj", RANGE + "\n");
    }

    private Energy read(long seconds) {
        return Energy.read(sys, seconds * SECOND);
    }

    @Test
    void aTaskTakesItsPartOfTheCoresOfWhatAllPackagesTook() throws IOException {
        zone("intel-rapl:0", "package-0", 1_000_000);
        zone("intel-rapl:1", "package-1", 5_000_000);
        Energy start = read(100);
        zone("intel-rapl:0", "package-0", 301_000_000);
        zone("intel-rapl:1", "package-1", 105_000_000);

        Energy.Spent spent = read(110).since(start, 5); // 5 of the 40 seconds of cores

        assertThat(spent.measured()).isTrue();
        assertThat(spent.joules()).isEqualTo(400.0 * 5 / 40, within(1e-9));
    }

    @Test
    void aTaskThatWasBusyOnAllCoresTakesAllAndNeverMore() throws IOException {
        zone("intel-rapl:0", "package-0", 0);
        Energy start = read(0);
        zone("intel-rapl:0", "package-0", 70_000_000);

        assertThat(read(1).since(start, 4).joules()).isEqualTo(70, within(1e-9));
        assertThat(read(1).since(start, 4.2).joules()).isEqualTo(70, within(1e-9));
    }

    @Test
    void aCounterThatStartedAgainHasGoneToItsEndBefore() throws IOException {
        zone("intel-rapl:0", "package-0", RANGE - 30_000_000);
        Energy start = read(0);
        zone("intel-rapl:0", "package-0", 20_000_000);

        assertThat(read(1).since(start, 4).joules()).isEqualTo(50, within(1e-9));
    }

    @Test
    void partsOfAPackageAndTheWholeMachineAreNotCountedBesideIt() throws IOException {
        zone("intel-rapl:0", "package-0", 0);
        zone("intel-rapl:0:0", "core", 0);
        zone("intel-rapl:1", "psys", 0);
        zone("intel-rapl-mmio:0", "package-0", 0);
        Energy start = read(0);
        zone("intel-rapl:0", "package-0", 10_000_000);
        zone("intel-rapl:0:0", "core", 7_000_000);
        zone("intel-rapl:1", "psys", 25_000_000);
        zone("intel-rapl-mmio:0", "package-0", 10_000_000);

        assertThat(read(1).since(start, 4).joules()).isEqualTo(10, within(1e-9));
    }

    @Test
    void withoutCountersItIsAnEstimateBySecondsOfBusyCores() {
        Energy.Spent spent = read(10).since(read(0), 7.5);

        assertThat(spent).isEqualTo(new Energy.Spent(7.5 * Energy.CORE_WATTS, false));
    }

    @Test
    void aCounterThatCannotBeReadIsNone() throws IOException {
        zone("intel-rapl:0", "package-0", 0);
        Energy start = read(0);
        Files.delete(sys.resolve("class/powercap/intel-rapl:0/energy_uj"));

        assertThat(read(1).since(start, 1).measured()).isFalse();
        write("class/powercap/intel-rapl:0/energy_uj", "none");
        assertThat(read(1).since(start, 1).measured()).isFalse();
    }
}
