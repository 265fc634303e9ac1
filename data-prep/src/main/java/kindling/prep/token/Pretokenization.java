package kindling.prep.token;

import java.util.ArrayList;
import java.util.List;
import kindling.prep.words.Pretokenizer;

/**
 * The {@code pre_tokenizer} of a file.
 *
 * @param byteLevel whether words are encoded as bytes in the {@link ByteAlphabet}, and not as characters
 * @param opening what it does to a text before words are cut
 * @param cut where words end
 */
record Pretokenization(boolean byteLevel, Opening opening, WordCut cut) {
    private static final Pretokenization NONE = new Pretokenization(false, Opening.NONE, WordCut.WHOLE);

    static Pretokenization read(JsonPart part, boolean normalizes) {
        List<JsonPart> steps = new ArrayList<>();
        flatten(part, steps);
        Pretokenization all = NONE;
        for (int i = 0; i < steps.size(); i++) {
            JsonPart step = steps.get(i);
            step.requireOurs(!all.byteLevel, "follows ByteLevel");
            all = switch (step.type()) {
                case "ByteLevel" -> all.byteLevel(step, i == 0);
                case "Metaspace" -> metaspace(step, i == 0, normalizes);
                case "Digits" -> all.then(WordCut.digits(step.flag("individual_digits", false)));
                case "Split" -> all.then(split(step));
                default -> throw step.foreign();
            };
        }
        return all;
    }

    private static void flatten(JsonPart part, List<JsonPart> steps) {
        if (part.isAbsent()) {
            return;
        }
        if (part.type().equals("Sequence")) {
            part.part("pretokenizers").list().forEach(inner -> flatten(inner, steps));
        } else {
            steps.add(part);
        }
    }

    private Pretokenization then(WordCut next) {
        return new Pretokenization(byteLevel, opening, cut.then(next));
    }

    private Pretokenization byteLevel(JsonPart part, boolean first) {
        boolean prefix = part.flag("add_prefix_space", true);
        part.requireOurs(!prefix || first, "puts a space before every word");
        WordCut words =
                part.flag("use_regex", true) ? cut.then(WordCut.at(Pretokenizer.named("gpt2")::endOfWord)) : cut;
        return new Pretokenization(true, prefix ? Opening.withSpace() : opening, words);
    }

    private static Pretokenization metaspace(JsonPart part, boolean first, boolean normalizes) {
        part.requireOurs(first, "is not the first pre-tokenizer");
        char replacement = part.part("replacement").character();
        String absent = part.flag("add_prefix_space", true) ? "always" : "never";
        String scheme = part.string("prepend_scheme", absent);
        part.requireOurs(!(scheme.equals("first") && normalizes), "asks for the first word of a normalized text");
        Opening opening = Opening.metaspace(replacement, scheme, part);
        WordCut cut = part.flag("split", true) ? WordCut.before(replacement) : WordCut.WHOLE;
        return new Pretokenization(false, opening, cut);
    }

    private static WordCut split(JsonPart part) {
        JsonPart pattern = part.part("pattern");
        String behavior = part.part("behavior").string();
        if (!pattern.part("Regex").isAbsent()) {
            return regex(pattern.part("Regex"), behavior, part.flag("invert", false));
        }
        char wanted = pattern.part("String").character();
        part.requireOurs(!part.flag("invert", false), "inverts a string");
        return switch (behavior) {
            case "Isolated" -> WordCut.around(wanted);
            case "MergedWithPrevious" -> WordCut.after(wanted);
            case "MergedWithNext" -> WordCut.before(wanted);
            default -> throw new ForeignKindException(part.path() + " has behavior " + behavior);
        };
    }

    /** The known expressions match everything, so that what is isolated and what is left when the rest is removed are the same words. */
    private static WordCut regex(JsonPart regex, String behavior, boolean invert) {
        Pretokenizer known = Pretokenizer.ofRegex(regex.string())
                .orElseThrow(() -> new ForeignKindException(regex.path() + " is not one of the known expressions"));
        regex.requireOurs(
                behavior.equals("Isolated") || (behavior.equals("Removed") && invert),
                "has behavior %s%s",
                behavior,
                invert ? ", inverted" : "");
        return WordCut.at(known::endOfWord);
    }
}
