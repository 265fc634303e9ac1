package kindling.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that a test started. What it prints goes to a file, every wait has a deadline and says what it waited for, and
 * closing it kills it and all that it started.
 *
 * @param log where it prints, perhaps behind what processes before it printed
 * @param begin how many bytes those printed
 */
public record Child(Process process, Path log, int begin) implements AutoCloseable {
    private static final Duration DYING = Duration.ofSeconds(20);

    /**
     * Starts one in the folder of its log.
     *
     * @param environment besides this process's own, from which everything about Spark is left out
     */
    public static Child start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
        builder.environment().putAll(environment);
        builder.directory(log.getParent().toFile());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        int begin = Files.exists(log) ? Math.toIntExact(Files.size(log)) : 0;
        return new Child(builder.start(), log, begin);
    }

    /** What it printed, without what processes before it did. */
    public String printed() throws IOException {
        byte[] all = Files.readAllBytes(log);
        return new String(all, begin, all.length - begin, StandardCharsets.UTF_8);
    }

    /** Waits for a line and returns what the pattern's first group found. */
    public String await(String line, Duration deadline) throws IOException, InterruptedException {
        Pattern pattern = Pattern.compile(line);
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end) {
            boolean ended = !process.isAlive(); // asked before the last look, so that no line is missed
            Matcher found = pattern.matcher(printed());
            if (found.find()) {
                return found.group(1);
            }
            assertThat(ended)
                    .as("ended before it printed \"%s\":%n%s", line, printed())
                    .isFalse();
            Thread.sleep(10);
        }
        throw new AssertionError(
                "waited %d s for a line \"%s\" in:%n%s".formatted(deadline.toSeconds(), line, printed()));
    }

    /** Waits for its end and returns its exit code. */
    public int finish(Duration deadline) throws IOException, InterruptedException {
        boolean ended = process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended)
                .as("waited %d s for its end:%n%s", deadline.toSeconds(), printed())
                .isTrue();
        return process.exitValue();
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(DYING.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        kill();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
