package kindling.jobs.train;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SettableGauge;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The numbers of a training's last round as gauges {@code kindling.training.*} of Spark's metrics, for whatever sink is
 * configured: the Prometheus servlet of the driver's page, JMX, Graphite. {@link kindling.jobs.io.Session} switches it on; a
 * round costs it microseconds. Lives on the driver; executors have nothing to tell that the driver does not know.
 *
 * <p>Source: Apache Spark, Monitoring and Instrumentation, "Advanced Instrumentation" (spark.apache.org/docs/latest/monitoring).
 */
public final class MetricsPlugin implements SparkPlugin {
    private static final String PREFIX = "kindling.training.";

    private static final String ROUND = "round";

    /** Numbers of a line of {@code train.jsonl} that are shown under their names there. */
    private static final List<String> SHOWN = List.of(
            ROUND,
            "step",
            "loss",
            "learning_rate",
            "gradient_norm",
            "tokens_per_second",
            "exchange_bytes",
            "exchange_seconds",
            "sgemm_share",
            "validation_loss");

    /** Of this JVM's Spark context, which makes the plugin itself and hands it to nobody. */
    private static final AtomicReference<MetricRegistry> REGISTRY = new AtomicReference<>();

    @Override
    public DriverPlugin driverPlugin() {
        return new Registered();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return null; // Spark's way to say that there is none
    }

    private static final class Registered implements DriverPlugin {
        @Override
        public Map<String, String> init(SparkContext context, PluginContext plugin) {
            return Map.of();
        }

        @Override
        public void registerMetrics(String application, PluginContext plugin) {
            MetricRegistry registry = plugin.metricRegistry();
            MetricsPlugin.show(registry, ROUND, 0); // Spark forgets a registry that is empty now
            REGISTRY.set(registry);
        }

        @Override
        public void shutdown() {
            REGISTRY.set(null);
        }
    }

    /**
     * Shows the numbers of a round until the next one has others; what no round of this training had is not shown. Does nothing
     * where Spark runs without the plugin.
     *
     * @param round a line of {@code train.jsonl}
     */
    public static void show(JsonNode round) {
        MetricRegistry registry = REGISTRY.get();
        if (registry == null) {
            return;
        }
        SettableGauge<Double> last = registry.gauge(PREFIX + ROUND);
        if (round.path(ROUND).asDouble() != last.getValue() + 1) {
            registry.removeMatching((name, metric) -> name.startsWith(PREFIX)); // of the training before
        }
        SHOWN.forEach(name -> show(registry, name, round.path(name).asDouble(Double.NaN)));
        show(
                registry,
                "compute_share",
                round.path("compute_seconds").asDouble(Double.NaN)
                        / round.path("seconds").asDouble(Double.NaN));
    }

    private static void show(MetricRegistry registry, String name, double value) {
        if (Double.isFinite(value)) {
            SettableGauge<Double> gauge = registry.gauge(PREFIX + name);
            gauge.setValue(value);
        }
    }
}
