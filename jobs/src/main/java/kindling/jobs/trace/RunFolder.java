package kindling.jobs.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import kindling.jobs.UserError;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Storage;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The outputs of a run. Which output fed which is known from their manifests: a job's inputs name the identity of what it read.
 *
 * @param steps each behind those that fed it; else in the order in which they finished, then by name
 */
public record RunFolder(Path folder, List<Step> steps) {
    private static final int DEPTH = 3; // folders below the run's folder in which outputs are looked for

    public RunFolder {
        steps = List.copyOf(steps);
    }

    /**
     * Finds the steps of a run.
     *
     * @param folder of a recipe's run, with the outputs somewhere in it; or one output, which is told with those beside it that led to it
     * @throws UserError when there is no output
     */
    public static RunFolder of(Path folder) {
        Optional<Manifest> single = Manifest.in(folder);
        Path root = single.isPresent() ? folder.getParent() : folder;
        List<Step> found = new ArrayList<>();
        collect(root, root, single.isPresent() ? 1 : DEPTH, found);
        List<Step> ordered = ordered(found);
        List<Step> steps = single.isPresent() ? upTo(folder, ordered) : ordered;
        if (steps.isEmpty()) {
            throw new UserError(
                    "%s holds no output of a job: name the folder of a run, or one output".formatted(folder));
        }
        return new RunFolder(folder, steps);
    }

    private static void collect(Path root, Path folder, int depth, List<Step> found) {
        for (FileStatus child : children(folder)) {
            String name = child.getPath().getName();
            if (child.isDirectory() && !name.startsWith(".") && !name.startsWith("_")) {
                Optional<Manifest> manifest = Manifest.in(child.getPath());
                if (manifest.isPresent()) {
                    found.add(new Step(root, child.getPath(), manifest.get()));
                } else if (depth > 1) {
                    collect(root, child.getPath(), depth - 1, found);
                }
            }
        }
    }

    static List<FileStatus> children(Path folder) {
        try {
            return Storage.exists(folder) ? List.of(Storage.of(folder).listStatus(folder)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Step> ordered(List<Step> found) {
        List<Step> waiting = new ArrayList<>(found);
        waiting.sort(Comparator.comparing(Step::finishedMillis).thenComparing(Step::name));
        List<Step> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Step next = waiting.stream()
                    .filter(step -> waiting.stream().noneMatch(other -> !other.equals(step) && step.reads(other)))
                    .findFirst()
                    .orElse(waiting.get(0)); // a circle cannot be, but for folders that were changed by hand
            waiting.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    /** The step of a folder and all that led to it. */
    private static List<Step> upTo(Path folder, List<Step> ordered) {
        List<Step> wanted = new ArrayList<>();
        for (int i = ordered.size() - 1; i >= 0; i--) {
            Step step = ordered.get(i);
            if (step.folder().equals(folder) || wanted.stream().anyMatch(later -> later.reads(step))) {
                wanted.add(0, step);
            }
        }
        return wanted;
    }

    /** The tables, in outputs of this run, that a step read. */
    Stream<Path> inputsOf(Step step) {
        return steps.stream().flatMap(other -> step.readFrom(other).stream());
    }

    /** Documents that the run dropped, by reason, as its reports have them. */
    public Map<String, Long> reasons() {
        Map<String, Long> reasons = new TreeMap<>();
        steps.forEach(step -> step.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum)));
        return reasons;
    }
}
