package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of the embedded Spark on loopback: a master and workers of one core, each a process, all on ports that
 * were free.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1); // it takes two seconds
    private static final Duration A_WHILE = Duration.ofMillis(200); // longer than tasks that do not train
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
    private static final Pattern RUNNING = Pattern.compile("Running (task \\S+ in stage \\S+ \\(TID \\d+\\))");

    private final Path spark;
    private final Path settings;
    private final Path folder;
    private final List<Child> daemons = new ArrayList<>(); // the master, then the workers
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
        String work = Files.createDirectory(folder.resolve(name)).toString();
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

    /** Waits until an executor has been at one task for a while, and kills it as {@code kill -9} does. */
    void killInTheMiddleOfATask(Duration deadline) throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end) {
            for (Child worker : daemons.subList(1, daemons.size())) {
                String task = task(worker);
                Thread.sleep(A_WHILE.toMillis());
                if (!task.isEmpty() && task.equals(task(worker))) {
                    executor(worker).destroyForcibly();
                    return;
                }
            }
        }
        throw new AssertionError("waited %d s for an executor to be at one task for %d ms"
                .formatted(deadline.toSeconds(), A_WHILE.toMillis()));
    }

    /** What a worker's executor is at, by its log; nothing between two tasks. */
    private static String task(Child worker) throws IOException {
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(workFolder(worker))) {
            for (Path file : files.filter(path -> path.endsWith("stderr")).toList()) {
                log.append(Files.readString(file));
            }
        }
        String last = RUNNING.matcher(log)
                .results()
                .reduce((former, latter) -> latter)
                .map(found -> found.group(1))
                .orElse("");
        return log.indexOf("Finished " + last) < 0 ? last : "";
    }

    private static ProcessHandle executor(Child worker) {
        List<ProcessHandle> executors = worker.process()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(EXECUTOR))
                .toList();
        assertThat(executors).as("executors of a worker").hasSize(1);
        return executors.get(0);
    }

    private static Path workFolder(Child worker) {
        return Path.of(worker.log().toString().replace(".log", ""));
    }

    @Override
    public void close() {
        daemons.forEach(Child::close);
    }
}
