package kindling.prep.filter;

import java.util.List;
import java.util.Set;
import kindling.prep.Document;
import kindling.prep.language.LanguageId;

/**
 * Drops texts that are not surely in a wanted language.
 *
 * <p>A document that says it is in another language has confidence 0; any other is identified from its text, and a text that
 * does not tell, being too short, has confidence 0 too. The bound is that of FineWeb, Penedo et al. 2024, section 3.3.
 */
final class Languages {
    private Languages() {}

    /** @throws IllegalArgumentException if no language is wanted */
    static RuleSet rules(List<String> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "the rule set language needs the languages that are wanted: add --languages en");
        }
        Set<String> codes = Set.copyOf(wanted);
        return RuleSet.of(
                "language",
                "Kindling",
                List.of(Rule.atLeast("language_confidence", 0.65, text -> confidence(text.document(), codes))));
    }

    private static double confidence(Document document, Set<String> wanted) {
        if (!document.language().isEmpty() && !wanted.contains(document.language())) {
            return 0;
        }
        LanguageId.Guess guess = LanguageId.of(document.text());
        return wanted.contains(guess.code()) ? guess.confidence() : 0;
    }
}
