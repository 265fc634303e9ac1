package kindling.jobs.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.io.InputFiles;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Report;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.Path;

/**
 * One output of a run.
 *
 * @param name its folder, as seen from the run's
 * @param parts {@code ""} for the output folder itself, and what lies in it, such as {@code /train}: what other steps may have read
 */
record Step(String name, Path folder, Manifest manifest, List<String> parts) {
    Step(Path root, Path folder, Manifest manifest) {
        this(InputFiles.relative(root, folder), folder, manifest, partsOf(folder));
    }

    private static List<String> partsOf(Path folder) {
        Stream<String> inside = RunFolder.children(folder).stream()
                .map(child -> "/" + child.getPath().getName());
        return Stream.concat(Stream.of(""), inside).toList();
    }

    String job() {
        return manifest.job();
    }

    boolean reads(Step other) {
        return !readFrom(other).isEmpty();
    }

    /** What this step read of another's output. */
    List<Path> readFrom(Step other) {
        return other.parts.stream()
                .filter(part -> reads(other.manifest.identity(part)))
                .map(part -> part.isEmpty() ? other.folder : new Path(other.folder, part.substring(1)))
                .toList();
    }

    private boolean reads(String identity) {
        return manifest.inputs().values().stream()
                .anyMatch(input -> input.files() == 0 && input.identity().equals(identity));
    }

    /** When its output was complete; 0 when it is not. */
    long finishedMillis() {
        Path success = new Path(folder, Manifest.SUCCESS);
        try {
            return Storage.exists(success)
                    ? Storage.of(success).getFileStatus(success).getModificationTime()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Documents that it dropped, by reason, as its report has them. */
    Map<String, Long> reasons() {
        Map<String, Long> reasons = new TreeMap<>();
        Report.in(folder)
                .ifPresent(report -> report.path("rejected")
                        .properties()
                        .forEach(entry ->
                                reasons.put(entry.getKey(), entry.getValue().asLong())));
        return reasons;
    }

    /** A table beside its documents, such as {@code _rejected}. */
    Path table(String name) {
        return new Path(folder, name);
    }

    /** Whether it takes documents in, and lets them through or writes them to its ledger. */
    boolean makesDocuments() {
        return Storage.exists(table("_rejected"));
    }

    boolean redacts() {
        return job().equals("redact");
    }
}
