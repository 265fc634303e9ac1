package kindling.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of the embedded Spark on loopback: a master and workers of one core, each a process, all on ports that
 * were free.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1); // it takes two
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    private final Path spark;
    private final Path settings;
    private final Path folder;
    private final List<Child> daemons = new ArrayList<>();
    private String url;

    private StandaloneCluster(Path spark, Path settings, Path folder) {
        this.spark = spark;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Starts one and waits until all workers are registered.
     *
     * @param spark a SPARK_HOME
     * @param settings a properties file for master and workers
     * @param folder for logs and working folders
     */
    static StandaloneCluster start(Path spark, Path settings, Path folder, int workers)
            throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(spark, settings, folder);
        try {
            Child master = cluster.daemon("master", "org.apache.spark.deploy.master.Master");
            cluster.url = master.await("Starting Spark master at (spark://127.0.0.1:\\d+)", START);
            for (int i = 0; i < workers; i++) {
                cluster.worker("worker-" + i)
                        .await("Successfully registered with master (spark://127.0.0.1:\\d+)", START);
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private Child worker(String name) throws IOException {
        String work = folder.resolve(name).toString();
        return daemon(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work,
                url);
    }

    private Child daemon(String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-Xmx256m", "-cp", spark.resolve("jars") + "/*", main));
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
        command.addAll(List.of("--properties-file", settings.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("SPARK_HOME", spark.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1");
        Child daemon = Child.start(folder.resolve(name + ".log"), environment, command);
        daemons.add(daemon);
        return daemon;
    }

    /** What {@code --master} takes. */
    String url() {
        return url;
    }

    /** The executors that run now: those processes of its workers. */
    List<ProcessHandle> executors() {
        return daemons.stream()
                .flatMap(daemon -> daemon.process().descendants())
                .filter(process -> process.info().commandLine().orElse("").contains(EXECUTOR))
                .toList();
    }

    @Override
    public void close() {
        daemons.forEach(Child::close);
    }
}
