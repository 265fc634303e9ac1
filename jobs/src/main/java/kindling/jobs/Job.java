package kindling.jobs;

import java.util.List;
import java.util.Map;

/** One command that turns inputs into one output folder. Options are picocli fields; {@link JobRunner} does all the rest. */
public interface Job {
    CommonOptions common();

    /** Adds a sentence for each option that cannot work, before anything starts: the value, the rule and the remedy. */
    default void check(List<String> problems) {}

    /** What else changes the result, besides the options: part of the manifest, by name. */
    default Map<String, String> facts() {
        return Map.of();
    }

    /** Whether an unfinished run can go on where it stopped; otherwise what it left is deleted first. */
    default boolean resumes() {
        return false;
    }

    /** Writes the output into {@link Run#folder()}. Runs on the driver. */
    void run(Run run) throws Exception;
}
