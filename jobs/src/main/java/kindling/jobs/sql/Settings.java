package kindling.jobs.sql;

import java.util.List;
import java.util.Set;
import kindling.jobs.UserError;
import kindling.jobs.infer.Model;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Manifest;
import kindling.jobs.io.Storage;
import kindling.prep.pii.Redactor;
import kindling.prep.pii.RedactorConfig;
import org.apache.spark.sql.internal.SQLConf;

/**
 * What the session says about functions when a query is planned; it travels with the plan.
 *
 * @param checkpoint {@code spark.kindling.checkpoint}: a folder that executors reach; "" for none
 * @param stamp changes when the checkpoint does
 * @param maxNewTokens {@code spark.kindling.max-new-tokens}
 * @param maxWords {@code spark.kindling.max-words} of a summary
 * @param entities {@code spark.kindling.entities} that are redacted, as {@code redact --entities} has them
 */
record Settings(String checkpoint, String stamp, int maxNewTokens, int maxWords, List<String> entities) {
    private static final String PREFIX = "spark.kindling.";

    /** @throws UserError when a value is none */
    static Settings of(SQLConf conf) {
        String checkpoint = checkpoint(conf.getConfString(PREFIX + "checkpoint", ""));
        String stamp = checkpoint.isEmpty()
                ? ""
                : Manifest.describe(new InputPath(checkpoint)).stamp();
        List<String> entities = List.of(
                conf.getConfString(PREFIX + "entities", RedactorConfig.PATTERNS).split(","));
        try {
            new Redactor(redaction(entities));
        } catch (IllegalArgumentException e) {
            throw new UserError(PREFIX + "entities: " + e.getMessage());
        }
        return new Settings(
                checkpoint, stamp, number(conf, "max-new-tokens", 64), number(conf, "max-words", 60), entities);
    }

    /** As executors find it too. */
    private static String checkpoint(String folder) {
        if (folder.isEmpty()) {
            return folder;
        }
        Model.config(new InputPath(folder)); // before a query starts
        return Storage.absolute(folder).toString();
    }

    private static int number(SQLConf conf, String name, int otherwise) {
        String value = conf.getConfString(PREFIX + name, String.valueOf(otherwise));
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new UserError("%s%s must be a whole number >= 1, got %s".formatted(PREFIX, name, value));
        }
        return Integer.parseInt(value);
    }

    private static RedactorConfig redaction(List<String> entities) {
        return RedactorConfig.tags().withEntities(Set.copyOf(entities));
    }

    RedactorConfig redaction() {
        return redaction(entities);
    }

    boolean hasCheckpoint() {
        return !checkpoint.isEmpty();
    }

    /** @throws UserError when the session names none */
    Settings requireCheckpoint(String function) {
        if (!hasCheckpoint()) {
            throw new UserError("%s needs a checkpoint: SET %scheckpoint = DIR".formatted(function, PREFIX));
        }
        return this;
    }

    String json() {
        return Json.line(Json.tree(this));
    }

    static Settings parse(String json) {
        return Json.value(json, Settings.class);
    }
}
