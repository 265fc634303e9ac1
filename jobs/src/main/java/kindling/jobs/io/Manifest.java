package kindling.jobs.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kindling.jobs.UserError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * {@code _manifest.json}: what an output was made from. Two runs with equal manifests give equal outputs, so the second is
 * skipped.
 *
 * @param options the options that change results, as the command line spells them
 * @param inputs by option name
 */
public record Manifest(String job, String version, SortedMap<String, String> options, SortedMap<String, Input> inputs) {
    /** Its name in an output folder. */
    public static final String FILE = "_manifest.json";

    /** Present in an output folder once everything else is. */
    public static final String SUCCESS = "_SUCCESS";

    private static final long SMALL = 1 << 20; // bytes; such a file is read, a larger one is known by its size and time

    /**
     * What one input holds.
     *
     * @param files number of files, 0 for the output of another job
     * @param bytes their size
     * @param identity digest of names, sizes and the contents of small files, or of the manifest identity of the job that wrote
     *     it: the same on every machine
     * @param stamp the same with the modification times of large files: differs when one was written again
     */
    public record Input(int files, long bytes, String identity, String stamp) {}

    public Manifest {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /** Digest of everything but times and places: the provenance that a checkpoint records. */
    public String identity() {
        Digest digest = new Digest().add(job).add(version);
        options.forEach((name, value) -> digest.add(name).add(value));
        inputs.forEach((name, input) -> digest.add(name).add(input.identity));
        return digest.hex();
    }

    /**
     * The {@link Input#identity} of this output, or of something in it, for the jobs that read it.
     *
     * @param below {@code ""}, or a path inside the output folder such as {@code /train}
     */
    public String identity(String below) {
        return Digest.of(identity() + below);
    }

    public String json() {
        ObjectNode tree = (ObjectNode) Json.tree(this);
        return Json.text(tree.put("identity", identity()));
    }

    /** The manifest of an output folder, if it has one. */
    public static Optional<Manifest> in(Path folder) {
        Path file = new Path(folder, FILE);
        if (!Storage.exists(file)) {
            return Optional.empty();
        }
        ObjectNode tree = Json.parse(Storage.text(file));
        TreeMap<String, String> options = new TreeMap<>();
        tree.path("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        TreeMap<String, Input> inputs = new TreeMap<>();
        tree.path("inputs")
                .properties()
                .forEach(e -> inputs.put(
                        e.getKey(),
                        new Input(
                                e.getValue().path("files").asInt(),
                                e.getValue().path("bytes").asLong(),
                                e.getValue().path("identity").asText(),
                                e.getValue().path("stamp").asText())));
        return Optional.of(
                new Manifest(tree.path("job").asText(), tree.path("version").asText(), options, inputs));
    }

    /** What differs from another manifest, one line each; empty when they are equal. */
    public List<String> differencesFrom(Manifest other) {
        List<String> lines = new ArrayList<>();
        difference("job", other.job, job).ifPresent(lines::add);
        difference("version", other.version, version).ifPresent(lines::add);
        TreeMap<String, String> names = new TreeMap<>(options);
        names.putAll(other.options);
        for (String name : names.keySet()) {
            difference(name, other.options.getOrDefault(name, "(none)"), options.getOrDefault(name, "(none)"))
                    .ifPresent(lines::add);
        }
        TreeMap<String, Input> inputNames = new TreeMap<>(inputs);
        inputNames.putAll(other.inputs);
        for (String name : inputNames.keySet()) {
            Input before = other.inputs.get(name);
            Input now = inputs.get(name);
            if (before == null || now == null || !before.equals(now)) {
                lines.add(name + " holds other data: " + described(before) + ", now " + described(now));
            }
        }
        return lines;
    }

    private static Optional<String> difference(String name, String before, String now) {
        return before.equals(now) ? Optional.empty() : Optional.of(name + " was " + before + ", now " + now);
    }

    private static String described(Input input) {
        if (input == null) {
            return "(none)";
        }
        String short12 = input.stamp.substring(0, Math.min(12, input.stamp.length()));
        return input.files == 0
                ? "output " + short12
                : "%d files, %d bytes, digest %s".formatted(input.files, input.bytes, short12);
    }

    /** Describes what lies at an input now. */
    public static Input describe(InputPath input) {
        Path path = Storage.absolute(input.path());
        Optional<Input> ours = outputOf(path);
        if (ours.isPresent()) {
            return ours.get();
        }
        Path root = InputFiles.root(path);
        Digest identity = new Digest();
        Digest stamp = new Digest();
        long bytes = 0;
        List<FileStatus> files = Storage.files(path);
        for (FileStatus file : files) {
            boolean small = file.getLen() <= SMALL;
            String content = small ? new String(Storage.bytes(file.getPath()), ISO_8859_1) : "";
            String entry = InputFiles.relative(root, file.getPath()) + " " + file.getLen();
            identity.add(entry).add(content);
            stamp.add(entry).add(small ? content : Long.toString(file.getModificationTime()));
            bytes += file.getLen();
        }
        return new Input(files.size(), bytes, identity.hex(), stamp.hex());
    }

    /** A path that is, or lies in, the output folder of a job is described by that job's manifest. */
    private static Optional<Input> outputOf(Path path) {
        StringBuilder below = new StringBuilder();
        Path folder = path;
        for (int up = 0; up < 3 && folder != null && !InputFiles.isPattern(folder); up++) {
            Optional<Manifest> manifest = in(folder);
            if (manifest.isPresent()) {
                if (!Storage.exists(new Path(folder, SUCCESS))) {
                    throw new UserError("input %s is the unfinished output of %s: run that again"
                            .formatted(folder, manifest.get().job()));
                }
                String stamp = Digest.of(manifest.get().json() + below);
                return Optional.of(new Input(0, 0, manifest.get().identity(below.toString()), stamp));
            }
            below.insert(0, "/" + folder.getName());
            folder = folder.getParent();
        }
        return Optional.empty();
    }
}
