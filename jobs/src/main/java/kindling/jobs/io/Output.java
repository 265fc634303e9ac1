package kindling.jobs.io;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kindling.jobs.UserError;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of a job. Everything is written into a folder beside it, {@code .NAME.unfinished}, which takes the output's
 * name when it is complete; {@code _SUCCESS} comes last. Killed at any moment, a job leaves no output, or a whole one.
 */
public final class Output {
    /** A folder among what a job writes, for what it needs until it has ended: gone when the output is there. */
    public static final String SCRATCH = ".scratch";

    private final Path folder;
    private final Path staging;
    private final Manifest manifest;

    public Output(String folder, Manifest manifest) {
        this.folder = Storage.absolute(folder);
        this.staging = new Path(this.folder.getParent(), "." + this.folder.getName() + ".unfinished");
        this.manifest = manifest;
    }

    public Path folder() {
        return folder;
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Where the job writes. */
    public Path staging() {
        return staging;
    }

    /**
     * Whether the same job with the same inputs and options has finished here before.
     *
     * @throws UserError when the folder holds something else and {@code overwrite} is not given
     */
    public boolean isDone(boolean overwrite) {
        if (isEmpty()) {
            return false;
        }
        Manifest before = Manifest.in(folder)
                .orElseThrow(() -> new UserError(
                        "output %s holds files that are not the output of a Kindling job: name another folder"
                                .formatted(folder)));
        List<String> differences = manifest.differencesFrom(before);
        if (!differences.isEmpty() && !overwrite) {
            throw refusal(
                    "output %s was made from something else:".formatted(folder),
                    differences,
                    "name another folder, or replace it with --overwrite");
        }
        if (differences.isEmpty() && isRenamed()) {
            finish();
        }
        return differences.isEmpty() && Storage.exists(new Path(folder, Manifest.SUCCESS));
    }

    private static UserError refusal(String what, List<String> differences, String remedy) {
        return new UserError(
                differences.stream().map(line -> "\n  " + line).collect(Collectors.joining("", what, "\n" + remedy)));
    }

    /** Whether only the last step of a commit is missing. A store that renames file by file keeps the staging folder until all are there. */
    private boolean isRenamed() {
        return !Storage.exists(new Path(folder, Manifest.SUCCESS))
                && Storage.exists(new Path(folder, Report.FILE))
                && !Storage.exists(staging);
    }

    private boolean isEmpty() {
        try {
            return !Storage.exists(folder) || Storage.of(folder).listStatus(folder).length == 0;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Makes the staging folder ready: an unfinished one of the same manifest stays, so that a job can go on; any other goes. */
    public void begin() {
        Optional<Manifest> unfinished = Manifest.in(staging);
        if (unfinished.isPresent() && manifest.differencesFrom(unfinished.get()).isEmpty()) {
            return;
        }
        Storage.delete(staging);
        Storage.createFolder(staging);
        Storage.write(new Path(staging, Manifest.FILE), manifest.json());
    }

    /**
     * As {@link #begin()}, for jobs whose unfinished work, in {@link #SCRATCH}, is worth keeping.
     *
     * @throws UserError when there is such work of another manifest and {@code overwrite} is not given
     */
    public void begin(boolean overwrite) {
        boolean worthKeeping = Storage.exists(new Path(staging, SCRATCH));
        List<String> differences =
                Manifest.in(staging).map(manifest::differencesFrom).orElse(List.of());
        if (worthKeeping && !differences.isEmpty() && !overwrite) {
            throw refusal(
                    "an unfinished run to %s was of something else:".formatted(folder),
                    differences,
                    "run that again to finish it, or give its work up with --overwrite");
        }
        begin();
    }

    /** Deletes what an earlier, unfinished run of this job left, but for the manifest. For jobs that start from the beginning. */
    public void restart() {
        Storage.delete(staging);
        begin();
    }

    public void commit(Report report) {
        Storage.write(new Path(staging, Report.FILE), report.json());
        Storage.delete(folder);
        Storage.createFolder(folder.getParent());
        Storage.rename(staging, folder);
        finish();
    }

    private void finish() {
        Storage.delete(new Path(folder, SCRATCH));
        Storage.write(new Path(folder, Manifest.SUCCESS), "");
    }
}
