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
            throw new UserError(differences.stream()
                    .map(line -> "\n  " + line)
                    .collect(Collectors.joining(
                            "",
                            "output %s was made from something else:".formatted(folder),
                            "\nname another folder, or replace it with --overwrite")));
        }
        return differences.isEmpty() && Storage.exists(new Path(folder, Manifest.SUCCESS));
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
        Storage.write(new Path(folder, Manifest.SUCCESS), "");
    }
}
