package kindling.jobs;

import java.util.ArrayList;
import java.util.List;
import kindling.jobs.io.InputPath;
import kindling.prep.token.SpecialTokens;
import picocli.CommandLine.Option;

/** How texts become ids. By default nothing is done about special tokens, since documents come from outside. */
final class EncodingOptions {
    @Option(
            names = "--tokenizer",
            required = true,
            paramLabel = "PATH",
            description = "A tokenizer.json or its folder.")
    InputPath tokenizer;

    @Option(
            names = "--add-special-tokens",
            description = "Add the begin and end ids that the tokenizer's post-processor puts around a text.")
    boolean add;

    @Option(
            names = "--parse-special-tokens",
            description =
                    "Take the spelling of a special token in a text for that token; by default it is ordinary text.")
    boolean parse;

    SpecialTokens[] specialTokens() {
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
