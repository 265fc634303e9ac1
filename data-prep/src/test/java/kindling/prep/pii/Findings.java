package kindling.prep.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is found in a text, written as {@code TYPE:value}. */
final class Findings {
    private Findings() {}

    static List<String> in(String text, String... types) {
        Redactor redactor = new Redactor(RedactorConfig.tags().withEntities(Set.of(types)));
        List<String> found = new ArrayList<>();
        for (Finding finding : redactor.redact(text).findings()) {
            int start = text.offsetByCodePoints(0, finding.start());
            int end = text.offsetByCodePoints(0, finding.end());
            found.add(finding.type() + ":" + text.substring(start, end));
        }
        return found;
    }
}
