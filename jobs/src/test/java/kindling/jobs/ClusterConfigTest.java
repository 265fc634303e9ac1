package kindling.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kindling.model.TransformerConfig;
import kindling.model.train.MemoryPlan;
import kindling.model.train.TrainingSettings;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.launcher.SparkLauncher;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in {@code cluster-config}, against Spark's own registry of settings and against each other. */
class ClusterConfigTest {
    /** Objects whose making registers settings of Spark's core. */
    private static final List<String> REGISTRIES = List.of(
            "org.apache.spark.internal.config.package$",
            "org.apache.spark.internal.config.UI$",
            "org.apache.spark.internal.config.Network$",
            "org.apache.spark.internal.config.History$",
            "org.apache.spark.internal.config.Worker$");

    /** Those that Spark has no entry for; those of YARN and Kubernetes, whose parts of Spark are not here, as their documentation has them. */
    private static final Set<String> DOCUMENTED = Set.of(
            "spark.local.dir",
            SparkLauncher.DRIVER_DEFAULT_JAVA_OPTIONS,
            SparkLauncher.EXECUTOR_DEFAULT_JAVA_OPTIONS,
            "spark.yarn.maxAppAttempts",
            "spark.yarn.archive",
            "spark.yarn.queue",
            "spark.kubernetes.container.image",
            "spark.kubernetes.namespace",
            "spark.kubernetes.authenticate.driver.serviceAccountName",
            "spark.kubernetes.local.dirs.tmpfs");

    /** Settings whose names go on with what a user calls something. */
    private static final List<String> FAMILIES = List.of(
            "spark.executorEnv.",
            "spark.metrics.conf.",
            "spark.kubernetes.driver.annotation.",
            "spark.kubernetes.driver.secrets.",
            "spark.kubernetes.executor.secrets.");

    /** Fields of a SparkApplication that are settings, by their place in its spec. */
    private static final Map<String, String> FIELDS = Map.of(
            "spark.kubernetes.container.image", "/spec/image",
            "spark.kubernetes.namespace", "/metadata/namespace",
            "spark.kubernetes.authenticate.driver.serviceAccountName", "/spec/driver/serviceAccount",
            "spark.driver.memory", "/spec/driver/memory",
            "spark.driver.memoryOverhead", "/spec/driver/memoryOverhead",
            "spark.executor.instances", "/spec/executor/instances",
            "spark.executor.cores", "/spec/executor/cores",
            "spark.executor.memory", "/spec/executor/memory",
            "spark.executor.memoryOverhead", "/spec/executor/memoryOverhead");

    private static String transport;

    @BeforeAll
    static void loadsTheRegistries() throws Exception {
        for (String registry : REGISTRIES) {
            Class.forName(registry);
        }
        try (InputStream in = TransportConf.class.getResourceAsStream("TransportConf.class")) {
            transport = new String(in.readAllBytes(), ISO_8859_1); // it reads its settings by literal names
        }
    }

    /** A whole text as class files have it: its tag 1, its length in two bytes, itself. */
    private static String constant(String text) {
        return "\u0001" + (char) (text.length() >> 8) + (char) (text.length() & 0xFF) + text;
    }

    @Test
    void sparkDoesNotKnowHalfASetting() {
        assertThat(isKnown("spark.network.timeout")).isTrue();
        assertThat(isKnown("spark.shuffle.server.chunkFetchHandlerThreads")).isFalse();
    }

    private static boolean isKnown(String setting) {
        return ConfigEntry.findEntry(setting) != null
                || DOCUMENTED.contains(setting)
                || FAMILIES.stream().anyMatch(setting::startsWith)
                || transport.contains(constant(setting));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
    void sparkKnowsEverySetting(String name) throws IOException {
        ClusterProfile profile = ClusterProfile.read(name);

        assertThat(profile.settings().keySet()).isNotEmpty().allMatch(ClusterConfigTest::isKnown);
        assertThat(profile.offered().keySet()).isNotEmpty().allMatch(ClusterConfigTest::isKnown);
    }

    @Test
    void sparkKnowsEverySettingThatTheGuideNames() throws IOException {
        List<String> named = Pattern.compile("`(spark\\.[\\w.-]+\\w)[^`*]*`")
                .matcher(Files.readString(ClusterProfile.FOLDER.resolve("SIZING.md")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThan(10).allMatch(ClusterConfigTest::isKnown);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
    void sparkReadsEveryValue(String name) throws IOException {
        ClusterProfile profile = ClusterProfile.read(name);
        Map<String, String> all = new TreeMap<>(profile.offered());
        all.putAll(profile.settings());
        SparkConf conf = new SparkConf(false);
        all.forEach(conf::set);

        all.keySet().stream()
                .map(ConfigEntry::findEntry)
                .filter(entry -> entry != null)
                .forEach(entry ->
                        assertThatCode(() -> conf.get(entry)).as(entry.key()).doesNotThrowAnyException());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"local", "standalone", "yarn", "kubernetes"})
    void theHeapDoesNotBoundTheMemoryOfModels(String name) throws IOException {
        Map<String, String> settings = ClusterProfile.read(name).settings();

        assertThat(settings.get("spark.driver.defaultJavaOptions")).contains("-Dorg.bytedeco.javacpp.maxbytes=0");
        assertThat(settings.get("spark.executor.defaultJavaOptions")).contains("-Dorg.bytedeco.javacpp.maxbytes=0");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"yarn", "kubernetes"})
    void theOverheadHoldsAsManyReplicasAsRunAtATime(String name) throws IOException {
        Map<String, String> settings = ClusterProfile.read(name).settings();
        long replica = MemoryPlan.of(TransformerConfig.preset("mini"), TrainingSettings.defaults(), 16, 256)
                .total();
        long gibibyte = 1L << 30;

        long needed = Long.parseLong(settings.get("spark.executor.cores")) * replica + gibibyte;
        long given =
                Long.parseLong(settings.get("spark.executor.memoryOverhead").replace("g", "")) * gibibyte;
        assertThat(given).isBetween(needed, needed + gibibyte);
    }

    private static JsonNode application() throws IOException {
        return new YAMLMapper()
                .readTree(
                        ClusterProfile.FOLDER.resolve("spark-application.yaml").toFile());
    }

    @Test
    void theApplicationSaysWhatTheProfileForKubernetesSays() throws IOException {
        JsonNode application = application();
        Map<String, String> said = new TreeMap<>();
        application
                .at("/spec/sparkConf")
                .properties()
                .forEach(one -> said.put(one.getKey(), one.getValue().asText()));
        FIELDS.forEach(
                (setting, field) -> said.put(setting, application.at(field).asText()));

        assertThat(said).isEqualTo(ClusterProfile.read("kubernetes").settings());
        assertThat(application.at("/spec/sparkConf").properties())
                .as("the operator takes values of settings as strings")
                .allMatch(one -> one.getValue().isTextual());
    }

    @Test
    void theApplicationStartsWhatTheImageHolds() throws IOException {
        JsonNode application = application();
        String image = Files.readString(ClusterProfile.FOLDER.resolve("Dockerfile"));

        assertThat(application.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
        assertThat(application.path("kind").asText()).isEqualTo("SparkApplication");
        assertThat(application.at("/spec/mainClass").asText()).isEqualTo(Main.class.getName());
        String jar = application.at("/spec/mainApplicationFile").asText().replace("local://", "");
        assertThat(image)
                .contains(
                        "kindling.jar " + jar,
                        "-t " + application.at("/spec/image").asText());
        assertThat(one("SPARK_VERSION=(\\S+)", image))
                .isEqualTo(application.at("/spec/sparkVersion").asText())
                .isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
        assertThat(jar)
                .isEqualTo(one("local://(\\S+)", Files.readString(Path.of("../cluster-config/kubernetes.conf"))));
    }

    private static String one(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    @Test
    void theApplicationIsACommandLineWithoutMistakes() throws IOException {
        String[] arguments = application()
                .at("/spec/arguments")
                .valueStream()
                .map(JsonNode::asText)
                .toArray(String[]::new);

        assertThat(CommandLineMistakes.of(Main.commandLine().parseArgs(arguments)))
                .isEmpty();
    }
}
