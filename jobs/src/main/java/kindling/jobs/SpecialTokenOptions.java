package kindling.jobs;

import java.util.ArrayList;
import java.util.List;
import kindling.prep.token.SpecialTokens;
import picocli.CommandLine.Option;

/** What encoding does about special tokens; by default nothing, since documents come from outside. */
final class SpecialTokenOptions {
    @Option(
            names = "--add-special-tokens",
            description = "Add the begin and end ids that the tokenizer's post-processor puts around a text.")
    boolean add;

    @Option(
            names = "--parse-special-tokens",
            description =
                    "Take the spelling of a special token in a text for that token; by default it is ordinary text.")
    boolean parse;

    SpecialTokens[] wanted() {
        List<SpecialTokens> wanted = new ArrayList<>();
        if (add) {
            wanted.add(SpecialTokens.AROUND_TEXT);
        }
        if (parse) {
            wanted.add(SpecialTokens.IN_TEXT);
        }
        return wanted.toArray(SpecialTokens[]::new);
    }
}
