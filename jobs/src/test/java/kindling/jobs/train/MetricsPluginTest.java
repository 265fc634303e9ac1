package kindling.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.jobs.Child;
import kindling.jobs.ClusterProfile;
import kindling.jobs.io.Json;
import kindling.jobs.io.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own: one has one Spark context, and that of other tests has no page. */
class MetricsPluginTest {
    private static final Duration DEADLINE = Duration.ofMinutes(2); // it takes six seconds

    @TempDir
    Path folder;

    /** Shows rounds in a session with a page and prints the page of metrics after each. */
    static final class Shown {
        private Shown() {}

        public static void main(String[] rounds) throws Exception {
            try (Session session = new Session()) {
                String page = session.spark().sparkContext().uiWebUrl().get() + "/metrics/prometheus";
                for (String round : rounds) {
                    MetricsPlugin.show(Json.parse(round));
                    System.out.println("page " + get(page) + "end of page");
                }
            }
        }

        private static String get(String page) throws Exception {
            HttpClient client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(DEADLINE)
                    .build();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(page)).timeout(DEADLINE).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private List<String> pages(String... rounds) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Xmx"))
                .forEach(command::add);
        settings().forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Shown.class.getName()));
        command.addAll(List.of(rounds));
        try (Child child = Child.start(folder.resolve("log"), Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command)) {
            assertThat(child.finish(DEADLINE)).as(child.printed()).isZero();
            String[] pages = child.printed().split("page ");
            return List.of(pages).subList(1, pages.length);
        }
    }

    /** The servlet is switched on as the profile for clusters says. */
    private static Map<String, String> settings() throws Exception {
        Map<String, String> settings =
                new TreeMap<>(ClusterProfile.read("kubernetes").offered());
        settings.keySet().removeIf(name -> !name.startsWith("spark.metrics."));
        settings.putAll(Map.of(
                "spark.master",
                "local[1]",
                "spark.ui.port",
                "0",
                "spark.driver.host",
                "127.0.0.1",
                "spark.log.level",
                "ERROR"));
        return settings;
    }

    private static String gauge(String name, double value) {
        return "_driver_plugin_kindling_jobs_train_MetricsPlugin_kindling_training_%s_Number{type=\"gauges\"} %s\n"
                .formatted(name, value);
    }

    @Test
    void theNumbersOfTheLastRoundAreReadByPrometheus() throws Exception {
        List<String> pages = pages(
                "{\"round\": 4, \"step\": 80, \"loss\": 3.25, \"learning_rate\": 1e-3, \"gradient_norm\": 0.5, \"seconds\": 4.0,"
                        + " \"compute_seconds\": 3.0, \"exchange_seconds\": 0.75, \"exchange_bytes\": 4096, \"sgemm_share\": null,"
                        + " \"tokens_per_second\": 1200.5, \"validation_loss\": 3.5}",
                "{\"round\": 5, \"step\": 100, \"loss\": 3.0}",
                "{\"round\": 1, \"step\": 7, \"loss\": 9.0}",
                "{\"round\": 9, \"step\": 8}");

        assertThat(pages.get(0))
                .contains(gauge("round", 4), gauge("step", 80), gauge("loss", 3.25), gauge("learning_rate", 1e-3))
                .contains(
                        gauge("gradient_norm", 0.5), gauge("tokens_per_second", 1200.5), gauge("exchange_bytes", 4096))
                .contains(gauge("exchange_seconds", 0.75), gauge("compute_share", 0.75), gauge("validation_loss", 3.5))
                .doesNotContain("sgemm_share");
        assertThat(pages.get(1)).contains(gauge("step", 100), gauge("loss", 3), gauge("validation_loss", 3.5));
        assertThat(pages.get(2)).contains(gauge("step", 7), gauge("loss", 9)).doesNotContain("validation_loss");
        assertThat(pages.get(3)).contains(gauge("step", 8)).doesNotContain("training_loss"); // another that went on
    }
}
