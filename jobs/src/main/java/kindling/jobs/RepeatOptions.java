package kindling.jobs;

import java.util.Collection;
import java.util.List;
import kindling.jobs.dedup.Repeats;
import picocli.CommandLine.Option;

/** The options of {@code dedup} for parts of documents. */
final class RepeatOptions {
    /** The methods that take out parts of documents, where others drop documents. */
    static final List<String> METHODS = List.of("paragraph", "substring");

    @Option(
            names = "--min-paragraph-words",
            paramLabel = "N",
            description = "paragraph: lines of fewer words are left alone; default ${DEFAULT-VALUE}.")
    int minParagraphWords = 8; // shorter lines are headings and speech, which repeat without being copied

    @Option(
            names = "--min-tokens",
            paramLabel = "N",
            description = {
                "substring: words of the shortest repeat that is taken out; default ${DEFAULT-VALUE}. Words are",
                "compared as they are written; white space between them is not."
            })
    int minTokens = 50; // Lee et al. (2022), section 4.1: shorter ones are mostly set phrases

    void check(List<String> problems) {
        if (minParagraphWords < 1) {
            problems.add("--min-paragraph-words must be >= 1, got " + minParagraphWords);
        }
        if (minTokens < 2) {
            problems.add("--min-tokens must be >= 2, got " + minTokens);
        }
    }

    Repeats.Options of(Collection<String> methods) {
        return new Repeats.Options(
                methods.contains("paragraph"), minParagraphWords, methods.contains("substring"), minTokens);
    }
}
