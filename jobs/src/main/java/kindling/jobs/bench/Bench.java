package kindling.jobs.bench;

import java.util.List;

/** One benchmark: a picocli command whose options say what is measured. */
public interface Bench {
    /** Adds a sentence for each option that cannot work: the value, the rule and the remedy. */
    default void check(List<String> problems) {}

    /** Measures in this process, after a warm-up; what needs Spark starts it as a job does. */
    void run(Figures figures) throws Exception;
}
