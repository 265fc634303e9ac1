package kindling.jobs.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Where a benchmark's numbers go: one {@code name value unit} a line. */
public record Figures(PrintStream out) {
    public void put(String name, double value, String unit) {
        out.println(String.format(Locale.ROOT, "%s %.4g %s", name, value, unit));
    }
}
