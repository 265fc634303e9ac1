package kindling.jobs.filter;

import java.io.Serializable;
import java.util.Locale;
import kindling.jobs.UserError;
import kindling.jobs.io.InputPath;
import kindling.prep.filter.RuleSet;
import org.apache.spark.api.java.JavaSparkContext;

/** An entry of {@code filter --rules} whose measure was trained: {@code classifier=DIR}, {@code perplexity=DIR}. */
public sealed interface LearnedRule extends Serializable permits ClassifierRule, PerplexityRule {
    /** Whether an entry names a folder: rule sets that are code do not. */
    static boolean isNamedBy(String entry) {
        return entry.contains("=");
    }

    /**
     * The rule of an entry.
     *
     * @param entry {@code classifier=DIR}, {@code classifier:LABEL=DIR} or {@code perplexity=DIR}
     * @throws UserError when it is none of these, or the folder does not hold what it should
     */
    static LearnedRule parse(String entry) {
        int equals = entry.indexOf('=');
        String kind = entry.substring(0, equals).strip();
        InputPath folder = new InputPath(entry.substring(equals + 1).strip());
        if (kind.equals("perplexity")) {
            return PerplexityRule.read(folder);
        }
        if (kind.equals("classifier") || kind.startsWith("classifier:")) {
            return ClassifierRule.read(folder, kind.substring(Math.min(kind.length(), "classifier:".length())));
        }
        throw new UserError(
                "\"%s\" is no rule: those with a folder are classifier=DIR, classifier:LABEL=DIR and perplexity=DIR"
                        .formatted(entry));
    }

    /** A set for one thread to measure with. */
    RuleSet set();

    /** What changes when the folder's content does. */
    String digest();

    /** The same rule with what was trained sent once to each executor. */
    LearnedRule broadcast(JavaSparkContext context);

    /** Something that an executor has at hand. */
    @FunctionalInterface
    interface Shared<T> extends Serializable {
        T value();
    }

    /** A name as a part of a reason: lower case, all but letters and digits as {@code _}. */
    static String snakeCase(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
    }
}
